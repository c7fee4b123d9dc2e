package io.carillon.protocol.pusher.api;

import io.carillon.http.HttpReply;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A request that is not fulfilled. The exception is cheap, because strangers can cause any number
 * of them.
 */
final class ApiException extends RuntimeException {

  private static final String RETRY_SECONDS = "2";

  private final ApiFault fault;
  private final String advice;
  private final transient HttpReply reply;

  /**
   * @param advice what is wrong and what is expected; no secrets
   */
  ApiException(ApiFault fault, String advice) {
    this(fault, advice, JsonBody.Fields.NONE);
  }

  /**
   * @param more further fields of the answer
   */
  ApiException(ApiFault fault, String advice, JsonBody.Fields more) {
    this(fault, advice, replyOf(fault, advice, more));
  }

  private ApiException(ApiFault fault, String advice, HttpReply reply) {
    super(fault.name(), null, false, false);
    this.fault = fault;
    this.advice = advice;
    this.reply = reply;
  }

  /** Another method is expected. */
  static ApiException method(String expected) {
    String advice = "Another method is expected at this path: " + expected + ".";
    HttpReply reply = replyOf(ApiFault.METHOD_NOT_ALLOWED, advice, JsonBody.Fields.NONE);
    return new ApiException(ApiFault.METHOD_NOT_ALLOWED, advice, reply.with("Allow", expected));
  }

  /** The request asks for something that is not possible. */
  static ApiException invalid(String advice) {
    return new ApiException(ApiFault.INVALID, advice);
  }

  /** Runs some work, and puts the place in front of its error's text. */
  static <T> T in(String place, Supplier<T> work) {
    try {
      return work.get();
    } catch (ApiException wrong) {
      throw new ApiException(wrong.fault, place + ": " + wrong.advice);
    }
  }

  ApiFault fault() {
    return fault;
  }

  HttpReply reply() {
    return reply;
  }

  private static HttpReply replyOf(ApiFault fault, String advice, JsonBody.Fields more) {
    String body =
        JsonBody.object(
            json -> {
              json.writeStringProperty("error", advice);
              json.writeStringProperty("code", fault.name().toLowerCase(Locale.ROOT));
              json.writeNumberProperty("status", fault.status());
              more.write(json);
            });
    HttpReply reply = HttpReply.json(fault.status(), body);
    return switch (fault) {
      case TOO_MANY -> reply.with("Retry-After", "1");
      case UNAVAILABLE, NOT_SENT -> reply.with("Retry-After", RETRY_SECONDS);
      case NOT_FOUND,
          METHOD_NOT_ALLOWED,
          UNAUTHORIZED,
          APP_DISABLED,
          INVALID,
          TOO_LARGE,
          UNSUPPORTED_CODING,
          UNKNOWN,
          PARTLY_SENT ->
          reply;
    };
  }
}

package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.app.AppRegistry;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.http.PathPrefix;
import io.carillon.http.PercentDecoder;
import io.carillon.http.RefusalCounters;
import io.carillon.presence.Directory;
import io.carillon.protocol.ViewAge;
import io.carillon.protocol.pusher.RequestSignature;
import io.carillon.protocol.pusher.SignedQuery;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The Pusher HTTP API, {@code /apps/[id]/...}: accepts signed requests and answers them. A caller
 * without an app's secret can't make the node read a body. Thread-safe.
 */
public final class PusherApi implements HttpHandler {

  private final PathPrefix prefix;
  private final PusherBackend backend;
  private final Tenants tenants;
  private final InstantSource clock;
  private final EventsResource events;
  private final ChannelsResource channels;
  private final UsersResource users;
  private final RefusalCounters<ApiFault> refusals = new RefusalCounters<>(ApiFault.class);

  /**
   * @param prefix the prefix that libraries may have signed, whether it was sent or not
   * @param apps the apps that may ask
   * @param backend the node
   * @param directory the channels and members
   * @param clock decides which requests are stale
   * @param nanoClock for the rates of requests
   */
  public PusherApi(
      PathPrefix prefix,
      AppRegistry apps,
      PusherBackend backend,
      Directory directory,
      InstantSource clock,
      LongSupplier nanoClock) {
    this.prefix = prefix;
    this.backend = backend;
    this.tenants = new Tenants(apps, nanoClock);
    this.clock = clock;
    this.events = new EventsResource(backend, directory);
    this.channels = new ChannelsResource(backend, directory);
    this.users = new UsersResource(backend);
  }

  /** The API's path; the part after it is percent-encoded. */
  public HttpRoute route() {
    return HttpRoute.any(PathPattern.below(AppsPath.PREFIX).asSent(), this);
  }

  /** How many requests were not fulfilled so far, by the reason. Any thread. */
  public Map<ApiFault, Long> refusals() {
    return refusals.sums();
  }

  @Override
  public HttpAdmission admit(HttpHead head) {
    try {
      return new Admitted(letIn(head));
    } catch (ApiException refused) {
      return new HttpAdmission.Refused(replyTo(refused));
    }
  }

  private HttpReply replyTo(ApiException refused) {
    refusals.add(refused.fault());
    return refused.reply();
  }

  private ApiRequest letIn(HttpHead head) {
    AppsPath path = AppsPath.parse(head.path()).orElseThrow(() -> nothingAt(head.path()));
    if (!PercentDecoder.isUtf8(head.sentPath()) || !PercentDecoder.isUtf8(head.query())) {
      throw ApiException.invalid(
          "The URL has bytes that are not UTF-8 (expected: percent-encoded UTF-8).");
    }
    if (!head.method().equals(path.resource().method())) {
      throw ApiException.method(path.resource().method());
    }
    ApiRequest request = authenticate(head, path);
    switch (path.resource()) {
      case EVENTS, BATCH_EVENTS -> events.requireBus();
      case CHANNELS, CHANNEL, CHANNEL_USERS, TERMINATE_CONNECTIONS, CONNECTIONS -> {}
    }
    return request;
  }

  /** Later in the path, two slashes rather mean that a name is missing. */
  private static ApiException nothingAt(String path) {
    String single = path.replaceFirst("//+", "/");
    boolean hasSlashTooMany =
        path.startsWith(AppsPath.PREFIX + "/") && AppsPath.parse(single).isPresent();
    return new ApiException(
        ApiFault.NOT_FOUND,
        hasSlashTooMany
            ? "Nothing is at this path, which has a slash too many (expected: %s)."
                .formatted(single)
            : "Nothing is at this path.");
  }

  /** Strangers are told neither which apps exist nor to which app a key belongs. */
  private ApiRequest authenticate(HttpHead head, AppsPath path) {
    RequestSignature signature =
        new RequestSignature(
            head.method(), signed(head.sentPath()), SignedQuery.parse(head.query()));
    String key =
        signature.key().orElseThrow(() -> unauthorized("auth_key is missing, or there twice"));
    Tenant tenant =
        tenants
            .find(path.app(), key)
            .orElseThrow(
                () -> unauthorized("No app has this id and this auth_key; are both of one app?"));
    signature
        .fault(tenant.signatures(), clock.instant())
        .ifPresent(
            fault -> {
              throw unauthorized(fault);
            });
    if (!tenant.app().isEnabled()) {
      throw new ApiException(ApiFault.APP_DISABLED, "This app is turned off.");
    }
    return new ApiRequest(tenant, path, signature);
  }

  /**
   * The paths that may have been signed, first the path as it was sent. Libraries sign with or
   * without the prefix, and a proxy may have removed it since.
   */
  private List<String> signed(String sent) {
    String bare = prefix.without(sent);
    return Stream.of(sent, bare, prefix.text() + bare).distinct().toList();
  }

  private static ApiException unauthorized(String advice) {
    return new ApiException(ApiFault.UNAUTHORIZED, advice + ".");
  }

  private CompletionStage<HttpReply> answer(ApiRequest request, byte[] body) {
    request
        .signature()
        .bodyFault(body)
        .ifPresent(
            fault -> {
              throw unauthorized(fault);
            });
    return switch (request.path().resource()) {
      case EVENTS -> events.one(request, body);
      case BATCH_EVENTS -> events.batch(request, body);
      case CHANNELS -> aged(channels.list(request));
      case CHANNEL -> aged(channels.one(request));
      case CHANNEL_USERS -> aged(channels.users(request));
      case TERMINATE_CONNECTIONS -> users.terminate(request);
      case CONNECTIONS -> aged(channels.connections(request));
    };
  }

  private CompletionStage<HttpReply> aged(CompletionStage<HttpReply> answer) {
    return ViewAge.on(answer, backend.viewAge());
  }

  /** A request whose body is awaited. */
  private final class Admitted implements HttpAdmission.Admitted {

    private final ApiRequest request;

    Admitted(ApiRequest request) {
      this.request = request;
    }

    @Override
    public int maxBodyBytes() {
      App app = request.app();
      return request.path().resource().takesBody() ? BodyLimit.of(app.limits()) : 0;
    }

    @Override
    public HttpReply tooLong() {
      return PusherApi.this.replyTo(
          new ApiException(
              ApiFault.TOO_LARGE, "The body may have at most " + maxBodyBytes() + " bytes."));
    }

    @Override
    public HttpReply coded() {
      return PusherApi.this.replyTo(
          new ApiException(
              ApiFault.UNSUPPORTED_CODING,
              "The body has a Content-Encoding (expected: none; send it uncompressed)."));
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      try {
        exchange.answerWith(
            PusherApi.this.answer(request, body).exceptionally(this::replyToFailure));
      } catch (ApiException refused) {
        exchange.answer(PusherApi.this.replyTo(refused));
      }
    }

    private HttpReply replyToFailure(Throwable cause) {
      if (cause instanceof ApiException refused) {
        return PusherApi.this.replyTo(refused);
      }
      if (cause instanceof CompletionException wrapped
          && wrapped.getCause() instanceof ApiException refused) {
        return PusherApi.this.replyTo(refused);
      }
      throw cause instanceof CompletionException wrapped ? wrapped : new CompletionException(cause);
    }
  }
}

package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpExchange;
import io.carillon.http.HttpHandler;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.protocol.pusher.Signatures;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /page/pusher/auth}: lets visitors of the page into one presence channel of one app,
 * under a name of their choice. pusher-js sends this request, so the page needs no secret.
 * Thread-safe.
 *
 * <p>The app's secret also signs other things, such as requests of backends. So the text that is
 * signed here consists of parts that can't be anything else: a socket id is digits and a dot, the
 * channel is this one, and the rest is JSON that the node writes. Nothing permits pages of other
 * origins to read an answer.
 */
public final class PageAuthorization implements HttpHandler {

  /** The one channel that visitors can join. */
  static final String CHANNEL = "presence-page-demo";

  /** Lets no visitor in. */
  public static final PageAuthorization OFF = new PageAuthorization(null);

  private static final String PATH = "/page/pusher/auth";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** The longest name, with every byte of it escaped, and the rest of a form. */
  private static final int MAX_BODY_BYTES = 1 << 10;

  private final @Nullable Signatures signatures;

  private PageAuthorization(@Nullable Signatures signatures) {
    this.signatures = signatures;
  }

  /** Lets visitors into the channel of this app. */
  public static PageAuthorization of(App app) {
    return new PageAuthorization(new Signatures(app));
  }

  /** The endpoint's path: beside the page. */
  public HttpRoute route() {
    return HttpRoute.any(PathPattern.exact(PATH).asSent(), this).at(HttpRoute.Reach.BELOW_PREFIX);
  }

  @Override
  public HttpAdmission admit(HttpHead head) {
    if (signatures == null) {
      return refused(404, "This page lets nobody into channels; page.pusher_app turns that on.");
    }
    if (!head.method().equals("POST")) {
      HttpReply reply = text(405, "Subscriptions are asked for with POST.");
      return new HttpAdmission.Refused(reply.with("Allow", "POST"));
    }
    if (!isForm(head.contentType())) {
      return refused(415, "Content-Type: " + FORM + " is expected.");
    }
    return new Form(signatures);
  }

  private static boolean isForm(String contentType) {
    return contentType.split(";", 2)[0].strip().equalsIgnoreCase(FORM);
  }

  private static HttpAdmission refused(int status, String advice) {
    return new HttpAdmission.Refused(text(status, advice));
  }

  private static HttpReply text(int status, String advice) {
    return guarded(HttpReply.text(status, advice + "\n"));
  }

  private static HttpReply guarded(HttpReply reply) {
    return reply.with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
  }

  /** A request whose body is awaited. */
  private record Form(Signatures signatures) implements HttpAdmission.Admitted {

    @Override
    public int maxBodyBytes() {
      return MAX_BODY_BYTES;
    }

    @Override
    public HttpReply tooLong() {
      return text(413, "The body may have at most " + MAX_BODY_BYTES + " bytes.");
    }

    @Override
    public Optional<HttpReply> withoutBody() {
      return Optional.of(text(411, "A body is required, with Content-Length."));
    }

    @Override
    public void answer(HttpExchange exchange, byte[] body) {
      exchange.answer(reply(body));
    }

    private HttpReply reply(byte[] body) {
      try {
        PageVisitor visitor = PageVisitor.parse(body);
        return visitor.channel().equals(CHANNEL)
            ? authorize(visitor)
            : text(403, "This page lets visitors into " + CHANNEL + " alone.");
      } catch (IllegalArgumentException wrong) {
        return text(400, String.valueOf(wrong.getMessage()));
      }
    }

    private HttpReply authorize(PageVisitor visitor) {
      String data = visitor.channelData();
      String auth = signatures.ofChannel(visitor.socketId(), CHANNEL, data);
      return guarded(
          HttpReply.json(
              200,
              JsonBody.object(
                  json -> {
                    json.writeStringProperty("auth", auth);
                    json.writeStringProperty("channel_data", data);
                  })));
    }
  }
}

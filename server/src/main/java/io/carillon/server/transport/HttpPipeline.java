package io.carillon.server.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** The handlers of a connection that speaks HTTP, in their order. */
final class HttpPipeline {

  private HttpPipeline() {}

  /** Adds the handlers after those that are there. */
  static void begin(
      Channel channel, Gatekeeper gatekeeper, HttpContext context, HttpRouter.Upgrade upgrade) {
    RequestDecoder decoder =
        new RequestDecoder(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(context.config().maxRequestLineBytes())
                .setMaxHeaderSize(context.config().maxHeaderBytes()));
    HttpIntake intake = new HttpIntake(gatekeeper.routes(), decoder, context);
    channel
        .pipeline()
        .addLast(decoder)
        .addLast(new HttpResponseEncoder())
        .addLast(intake)
        .addLast(new HttpRouter(gatekeeper, intake, context, upgrade));
  }
}

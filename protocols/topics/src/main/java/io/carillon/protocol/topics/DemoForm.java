package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.broker.EnvelopeReader;
import io.carillon.broker.UnreadableMessages;
import io.carillon.broker.WireForm;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.message.UnicodeText;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * The form of the demo server that defined the topics protocol, so that its nodes and Carillon's
 * make one cluster while one is replaced by the other. A topic is its own address, and a message is
 *
 * <pre>{"nodeId","topic","formattedMessage","userName","publishedAt"}</pre>
 *
 * of which the demo reads only {@code formattedMessage}; it takes the topic from the address.
 *
 * <p>AMQP reads some topics as patterns, and its keys have at most 255 bytes: this form carries
 * neither these topics nor channels of apps. A message has no id that all nodes know, so each node
 * gives it an id of its own.
 */
public final class DemoForm implements WireForm {

  private static final int MAX_ADDRESS = 255;
  private static final String DOT = ".";

  /** The format of JavaScript's {@code toISOString}. */
  private static final DateTimeFormatter ISO_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /** The most bytes that JSON takes for one byte: {@code \\u0000}. */
  private static final int MAX_ESCAPE = 6;

  /** A generous limit for the name, the topic and the other fields. */
  private static final int MAX_REST = 8 << 10;

  private final String node;
  private final int maxLine;
  private final long maxBytes;
  private final Incarnation incarnation;
  private final UnreadableMessages unreadable;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * @param node this node's label in the messages that it writes
   * @param incarnation the node part of the ids of messages that are read; used for nothing else
   * @param maxMessageBytes the longest message that is read, as for this node's own clients
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  public DemoForm(
      String node, Incarnation incarnation, int maxMessageBytes, LongSupplier nanoClock) {
    this.node = node;
    this.maxLine = maxMessageBytes + MAX_REST;
    this.maxBytes = (long) MAX_ESCAPE * maxMessageBytes + MAX_REST;
    this.incarnation = incarnation;
    this.unreadable = new UnreadableMessages(nanoClock);
  }

  @Override
  public long unreadable() {
    return unreadable.count();
  }

  @Override
  public String suffix() {
    return "";
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public boolean isConcatenable() {
    return false;
  }

  @Override
  public boolean carries(Channel channel) {
    return hasAddress(channel);
  }

  /** Whether the demo's nodes have an address for a channel. */
  public static boolean hasAddress(Channel channel) {
    return channel.app().equals(Channel.NO_APP)
        && channel.name().getBytes(UTF_8).length <= MAX_ADDRESS
        && !isPattern(channel.name());
  }

  /** AMQP 0-9-1, 3.1.3.3: words between dots, of which {@code *} and {@code #} match others. */
  private static boolean isPattern(String topic) {
    String words = DOT + topic + DOT;
    return words.contains(".*.") || words.contains(".#.");
  }

  @Override
  public String address(Channel channel) {
    return channel.name();
  }

  @Override
  public byte[] encode(Publication publication) {
    String topic = publication.channel().name();
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("nodeId", node);
      json.writeStringProperty("topic", topic);
      json.writeStringProperty("formattedMessage", TopicsEncoder.line(publication));
      json.writeStringProperty("userName", publication.sender());
      json.writeStringProperty(
          "publishedAt", ISO_MILLIS.format(Instant.ofEpochMilli(publication.publishedAtMillis())));
      json.writeEndObject();
    }
    return out.toString().getBytes(UTF_8);
  }

  @Override
  public void decode(String address, byte[] message, EnvelopeReader reader) {
    if (!address.isEmpty() && !reader.wants(Channel.ofTopic(address))) {
      return;
    }
    if (message.length > maxBytes) {
      unreadable.add("a demo's message of " + message.length + " bytes, at most " + maxBytes);
      return;
    }
    try (JsonParser json =
        JSON.createParser(ObjectReadContext.empty(), new String(message, UTF_8))) {
      Body body = Body.read(json);
      if (body.line == null || address.isEmpty()) {
        unreadable.add("a demo's message without a formattedMessage or a topic");
      } else if (body.line.length() > maxLine) {
        unreadable.add("a demo's message of " + body.line.length() + " characters");
      } else {
        reader.onPublication(publication(address, body.line, body));
      }
    } catch (JacksonException e) {
      unreadable.add("a demo's message that is no JSON object");
    }
  }

  private Publication publication(String topic, String line, Body body) {
    String head = TopicsEncoder.head(topic, body.userName);
    boolean natural = line.startsWith(head);
    return new Publication(
        new MessageId(incarnation, sequence.incrementAndGet()),
        Channel.ofTopic(topic),
        natural ? "" : TopicsEncoder.LINE,
        Payload.text(natural ? line.substring(head.length()) : line),
        body.userName,
        "",
        body.publishedAtMillis,
        null);
  }

  /** The fields that are read from a message. */
  private static final class Body {
    private @Nullable String line;
    private String userName = "";
    private long publishedAtMillis;

    static Body read(JsonParser json) {
      Body body = new Body();
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return body;
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        body.take(name, json);
      }
      return body;
    }

    private void take(String name, JsonParser json) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        json.skipChildren();
        return;
      }
      String text = UnicodeText.wellFormed(json.getString());
      switch (name) {
        case "formattedMessage" -> line = text;
        case "userName" -> userName = text;
        case "publishedAt" -> publishedAtMillis = millis(text);
        default -> {}
      }
    }

    /** Informational; 0 if it can't be read. */
    private static long millis(String time) {
      try {
        return Instant.parse(time).toEpochMilli();
      } catch (DateTimeParseException e) {
        return 0;
      }
    }
  }
}

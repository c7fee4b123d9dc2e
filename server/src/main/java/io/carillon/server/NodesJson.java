package io.carillon.server;

import io.carillon.membership.Heartbeat;
import io.carillon.membership.Sighting;
import io.carillon.view.ClusterReport;
import io.carillon.view.SliceReport;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A cluster's nodes as JSON.
 *
 * @param name the cluster's
 */
record NodesJson(String name, ClusterReport report, NodesDetail detail) {

  private static final JsonFactory JSON = new JsonFactory();

  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("cluster", name);
      json.writeStringProperty("status", report.isReady() ? "ready" : "joining");
      json.writeNumberProperty("view_age_ms", report.viewAge().toMillis());
      json.writeBooleanProperty("alone", report.self().slice() == null);
      json.writeName("self");
      write(json, report.self());
      json.writeArrayPropertyStart("peers");
      report.peers().forEach(peer -> write(json, peer));
      json.writeEndArray();
      writeSeen(json, "incompatible", report.incompatible());
      writeSeen(json, "gone", report.gone().stream().limit(detail.mostGone()).toList());
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private void write(JsonGenerator json, ClusterReport.Node node) {
    json.writeStartObject();
    write(json, node.seen());
    SliceReport slice = node.slice();
    if (slice != null && detail.hasFigures()) {
      json.writeObjectPropertyStart("slice");
      json.writeNumberProperty("channels", slice.channels());
      json.writeNumberProperty("subscriptions", slice.subscriptions());
      json.writeNumberProperty("members", slice.members());
      json.writeNumberProperty("bytes", slice.bytes());
      json.writeBooleanProperty("complete", slice.isComplete());
      json.writeNumberProperty("lag", slice.lag());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void writeSeen(JsonGenerator json, String name, List<Sighting> nodes) {
    json.writeArrayPropertyStart(name);
    for (Sighting node : nodes) {
      json.writeStartObject();
      write(json, node);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void write(JsonGenerator json, Sighting seen) {
    json.writeStringProperty("label", seen.label());
    json.writeStringProperty(
        "incarnation", seen.node().toString().substring(0, detail.incarnationDigits()));
    json.writeNumberProperty("version", seen.version());
    json.writeStringProperty("phase", phase(seen.phase()));
    json.writeNumberProperty("heard_ms_ago", seen.silence().toMillis());
  }

  private static String phase(Heartbeat.Phase phase) {
    return switch (phase) {
      case JOINING -> "joining";
      case READY -> "ready";
      case LEAVING -> "leaving";
      case KEPT_OUT -> "kept out";
    };
  }
}

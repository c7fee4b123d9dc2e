package io.carillon.protocol.pusher;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The reader of JSON from strangers. It is strict (RFC 8259). Signed text can't be read in two
 * ways, because a name may not occur twice. JSON that is nested too deeply is refused. Thread-safe.
 */
public final class StrictJson {

  /** Far more than any event has. */
  private static final int MAX_DEPTH = 100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Strangers would fill a table of names, and it fails if their names have equal hashes.
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private StrictJson() {}

  public static JsonFactory factory() {
    return FACTORY;
  }
}

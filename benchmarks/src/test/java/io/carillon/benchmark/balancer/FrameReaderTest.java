package io.carillon.benchmark.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

  private static final String LONG = "x".repeat(300);
  private static final String HEAD = "HTTP/1.1 101 Switching Protocols\r\nA: b";

  private final List<String> seen = new ArrayList<>();
  private final FrameReader reader =
      new FrameReader(
          new FrameReader.Listener() {
            @Override
            public void onAnswer(String head) {
              seen.add(head);
            }

            @Override
            public void onText(String text) {
              seen.add(text);
            }

            @Override
            public void onPing() {
              seen.add("ping");
            }

            @Override
            public void onClose(int code) {
              seen.add("close " + code);
            }
          });

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100, 10_000})
  void readsFramesThatArriveInAnyPieces(int size) throws IOException {
    byte[] bytes =
        (HEAD + "\r\n\r\n\u0081\u0002hi\u0089\0\u0081~\u0001," + LONG + "\u0088\u0002\u0003\u00f4")
            .getBytes(ISO_8859_1);
    for (int from = 0; from < bytes.length; from += size) {
      reader.take(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from)));
    }
    assertThat(seen).containsExactly(HEAD, "hi", "ping", LONG, "close 1012");
  }
}

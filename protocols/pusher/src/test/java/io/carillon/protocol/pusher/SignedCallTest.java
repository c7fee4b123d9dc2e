package io.carillon.protocol.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignedCallTest {

  private static final App APP = App.of("3", "278d425bdf160c739803", "7ad3773142a6692b25b8");
  private static final Instant NOW = Instant.ofEpochSecond(1353088179);
  private static final byte[] BODY =
      "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}"
          .getBytes(UTF_8);

  @Test
  void signsPushersExampleAsPusherDoes() {
    assertThat(new SignedCall(APP, NOW).query("/apps/3/events", BODY))
        .isEqualTo(
            "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
                + "&body_md5=ec365a775a4cd0599faeb73354201b6f&auth_signature="
                + "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
  }

  @Test
  void makesWhatTheOtherSideAccepts() {
    String path = "/prefix/apps/3/events";
    SignedQuery query = SignedQuery.parse(new SignedCall(APP, NOW).query(path, BODY));
    RequestSignature request = new RequestSignature("POST", path, query);

    assertThat(request.fault(new Signatures(APP), NOW)).isEmpty();
    assertThat(request.bodyFault(BODY)).isEmpty();
  }
}

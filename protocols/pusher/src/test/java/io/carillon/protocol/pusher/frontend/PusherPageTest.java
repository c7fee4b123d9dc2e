package io.carillon.protocol.pusher.frontend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.http.HttpAdmission;
import io.carillon.http.HttpHead;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoutes;
import io.carillon.http.PathPrefix;
import io.carillon.http.RequestHeaders;
import io.carillon.part.PageFile;
import io.carillon.part.PageFile.Role;
import io.carillon.part.PageTab;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PusherPageTest {

  private final PusherPage withApp = PusherPage.of(App.of("an-id", "a-key", "canary-secret"));

  @Test
  void thePageIsToldTheKeyOfAnAppAndNeverItsSecret() {
    PageTab tab = withApp.tab().orElseThrow();

    assertThat(tab.marks()).containsExactly(Map.entry("key", "a-key"));
    assertThat(tab.html()).contains("presence-page-demo").doesNotContain("canary-secret");
  }

  @Test
  void withoutAnAppThereIsNoTabAndTheSameFiles() {
    assertThat(PusherPage.WITHOUT_APP.tab()).isEmpty();
    assertThat(PusherPage.WITHOUT_APP.files()).isEqualTo(withApp.files());
  }

  @Test
  void onlyAPageWithAnAppLetsVisitorsIn() {
    HttpHead head =
        HttpHead.of(
            "POST",
            "/page/pusher/auth",
            RequestHeaders.of(
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")));

    assertThat(routes(withApp).admit(head)).isInstanceOf(HttpAdmission.Admitted.class);
    assertThat(routes(PusherPage.WITHOUT_APP).admit(head))
        .isInstanceOfSatisfying(
            HttpAdmission.Refused.class,
            refused -> assertThat(refused.reply().body()).contains("page.pusher_app"));
  }

  private static HttpRoutes routes(PusherPage page) {
    return new HttpRoutes(PathPrefix.NONE, page.routes(), _ -> HttpReply.text(404, ""));
  }

  @Test
  void theFilesOfAnotherProjectAreTheLibraryAndItsLicence() {
    List<PageFile> published =
        withApp.files().stream().filter(file -> file.role() == Role.PUBLISHED).toList();

    assertThat(published)
        .extracting(PageFile::name)
        .containsExactly("pusher-8.6.0.min.js", "pusher-8.6.0.LICENCE.txt");
    assertThat(published.getFirst().text()).contains("For license information");
    assertThat(published.getLast().text()).contains("Permission is hereby granted");
  }

  /** As https://www.npmjs.com/package/pusher-js has it, in dist/web/pusher.min.js. */
  @Test
  void theLibraryIsAsItWasPublished() throws NoSuchAlgorithmException {
    byte[] library =
        withApp.files().stream()
            .filter(file -> file.name().equals("pusher-8.6.0.min.js"))
            .map(file -> file.text().getBytes(UTF_8))
            .findFirst()
            .orElseThrow();

    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(library)))
        .isEqualTo("91640c608080a550d7a7407f943fa8429e9f6d7d567d0bb810f5f6e73b06972a");
  }
}

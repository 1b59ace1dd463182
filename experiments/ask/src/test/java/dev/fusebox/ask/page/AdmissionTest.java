package dev.fusebox.ask.page;

import static dev.fusebox.ask.page.ServedSample.asking;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.ask.page.ServedSample.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered: the page's own requests, and nobody else's. */
class AdmissionTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension static final ServedSample page = new ServedSample();

  @Test
  void thePageItselfIsThereForWhoeverHasTheAddress() throws IOException {
    Reply first = page.get("/?token=" + page.token(), page.host());
    assertThat(first.status()).isEqualTo(303);
    assertThat(first.head())
        .contains(
            "Location: /\r\n", "HttpOnly; SameSite=Strict", "Set-Cookie: fusebox-" + page.port());
    assertThat(page.own("/").text()).startsWith("<!doctype html>");
    assertThat(page.own("/page.js").head()).contains("Content-Type: text/javascript");
    JsonNode state = JSON.readTree(page.own("/api/state").text());
    assertThat(state.path("runs")).hasSize(6);
    Reply answer = page.own("/api/ask", asking("[\"sample/gated-seed1\"]", ", \"right\": 1"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"probabilities\":[", "\"changes\":[\"new\",\"no-picture\"]");
  }

  @Test
  void everyAnswerForbidsEverythingFromElsewhere() throws IOException {
    for (Reply reply :
        List.of(page.own("/"), page.own("/nothing"), page.get("/", page.host()), page.get("/"))) {
      assertThat(reply.head())
          .contains(
              "Content-Security-Policy: default-src 'none'; script-src 'self'",
              "X-Content-Type-Options: nosniff",
              "X-Frame-Options: DENY",
              "Cross-Origin-Resource-Policy: same-origin")
          .doesNotContain("Server:", "Access-Control", "unsafe");
    }
  }

  @Test
  void nobodyAsksWithoutTheToken() throws IOException {
    assertThat(page.get("/", page.host()).status()).isEqualTo(403);
    assertThat(page.get("/?token=", page.host()).status()).isEqualTo(403);
    assertThat(page.get("/?token=" + "0".repeat(48), page.host()).status()).isEqualTo(403);
    assertThat(page.get("/?token=%zz", page.host()).status()).isIn(400, 403);
    assertThat(page.get("/api/state", page.host()).status()).isEqualTo(403);
    assertThat(page.get("/api/state?token=" + page.token(), page.host()).status()).isEqualTo(403);
    assertThat(
            page.get("/api/state", page.host(), "Cookie: fusebox-1=" + page.token() + "\r\n")
                .status())
        .isEqualTo(403);
    assertThat(page.get("/page.js", page.host()).status()).isEqualTo(403);
  }

  /** DNS rebinding: a name of somebody else's that leads to this machine. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "[::1]"})
  void anotherHostIsNotThisOne(String name) throws IOException {
    String header = "Host: " + name.replace("PORT", String.valueOf(page.port())) + "\r\n";
    assertThat(page.get("/api/state", header, page.cookie()).status()).isEqualTo(421);
    assertThat(page.get("/?token=" + page.token(), header).status()).isEqualTo(421);
  }

  @Test
  void aHostIsNamedOnce() throws IOException {
    assertThat(page.get("/api/state", page.cookie()).status()).isEqualTo(400);
    assertThat(page.get("/api/state", page.host(), page.host(), page.cookie()).status())
        .isIn(400, 421);
    assertThat(page.get("http://evil.example/api/state", page.host(), page.cookie()).status())
        .isIn(400, 421);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:PORT"})
  void anotherSitesPageAsksNothing(String site) throws IOException {
    String header = "Origin: " + site.replace("PORT", String.valueOf(page.port())) + "\r\n";
    byte[] body = asking("[\"sample/text-seed1\"]", "").getBytes(StandardCharsets.UTF_8);
    assertThat(
            page.post("/api/ask", "application/json", body, page.host(), page.cookie(), header)
                .status())
        .isEqualTo(403);
    assertThat(page.get("/api/state", page.host(), page.cookie(), header).status()).isEqualTo(403);
  }

  @Test
  void whoSaysNotWhereItComesFromChangesNothing() throws IOException {
    byte[] body = "{\"asked\": \"1\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(
            page.post("/api/fooled", "application/json", body, page.host(), page.cookie()).status())
        .isEqualTo(403);
    String cross = "Sec-Fetch-Site: cross-site\r\n";
    assertThat(page.get("/", page.host(), page.cookie(), cross).status()).isEqualTo(403);
    assertThat(page.get("/picture?question=1", page.host(), page.cookie(), cross).status())
        .isEqualTo(403);
    String sameSite = "Sec-Fetch-Site: same-site\r\n";
    assertThat(page.get("/api/state", page.host(), page.cookie(), sameSite).status())
        .isEqualTo(403);
  }

  /** What a form of another site may send without asking first. */
  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""})
  void aFormSendsNothing(String type) throws IOException {
    byte[] body = asking("[\"sample/text-seed1\"]", "").getBytes(StandardCharsets.UTF_8);
    assertThat(
            page.post("/api/ask", type, body, page.host(), page.cookie(), page.origin()).status())
        .isEqualTo(415);
    assertThat(
            page.post("/api/upload", type, body, page.host(), page.cookie(), page.origin())
                .status())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "PUT", "DELETE", "TRACE", "PATCH", "HEAD", "CONNECT", "FROB"})
  void otherMethodsAreNotKnown(String method) throws IOException {
    String request =
        method
            + " /api/ask HTTP/1.1\r\n"
            + page.host()
            + page.cookie()
            + "Connection: close\r\n\r\n";
    assertThat(page.send(request.getBytes(StandardCharsets.ISO_8859_1)).status()).isIn(400, 405);
  }
}

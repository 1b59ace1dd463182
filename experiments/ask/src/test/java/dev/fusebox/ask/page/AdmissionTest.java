package dev.fusebox.ask.page;

import static dev.fusebox.ask.page.ServedSample.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.ask.page.ServedSample.Reply;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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
    assertThat(state.path("runs")).hasSize(7);
    Reply answer = page.own("/api/ask", asking("[\"sample/gated-seed1\"]", ", \"right\": 1"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"probabilities\":[", "\"changes\":[\"new\",\"no-picture\"]");
  }

  /** What is done comes as it happens, before the answer of the run, and all before the end. */
  @Test
  void whatARunDoesIsToldBeforeItsAnswer() throws IOException {
    String asked = asking("[\"sample/gated-seed1\", \"sample/text-seed1\"]", "");
    List<String> lines = page.own("/api/ask", asked).text().lines().toList();
    List<String> kinds = new ArrayList<>();
    for (String line : lines) {
      JsonNode event = line.isBlank() ? null : JSON.readTree(line);
      if (event != null) {
        String run = event.path("run").asText("").replaceAll("sample/|-seed1", "");
        kinds.add((run + " " + event.fieldNames().next() + " " + last(event)).strip());
      }
    }
    assertThat(kinds)
        .containsSubsequence(
            "text run does", "text run answer", "gated run does", "gated run answer");
    assertThat(kinds.get(0)).startsWith("asked");
    assertThat(kinds.get(kinds.size() - 1)).startsWith("done");
    assertThat(page.own("/api/ask", asked).text())
        .contains("\"does\":\"rationale: looking\"", "\"does\":\"answer: writing\"");
  }

  private static String last(JsonNode event) {
    String last = "";
    for (Iterator<String> names = event.fieldNames(); names.hasNext(); ) {
      last = names.next();
    }
    return last;
  }

  /** Listening everywhere means that this machine is called by any of its names, and no other. */
  @Test
  void whoeverListensEverywhereIsCalledByTheMachinesNames() throws IOException {
    try (AskPage open = AskPage.start(page.runs(), "0.0.0.0", 0, page.adversarial())) {
      URI address = URI.create(open.address());
      assertThat(address.getHost()).isNotEqualTo("0.0.0.0");
      String machine = InetAddress.getLocalHost().getHostName();
      for (String name : List.of("127.0.0.1", "localhost", "[::1]", address.getHost(), machine)) {
        assertThat(status(address, name)).as(name).isEqualTo(303);
      }
      for (String name :
          List.of("0.0.0.0", "evil.example", "127.0.0.2", machine + ".evil.example")) {
        assertThat(status(address, name)).as(name).isEqualTo(421);
      }
    }
    assertThat(AskPage.isLoopback("0.0.0.0")).isFalse();
  }

  private static int status(URI address, String name) throws IOException {
    String host = "Host: " + name.toLowerCase(Locale.ROOT) + ":" + address.getPort() + "\r\n";
    return page.to(address.getPort()).get("/?" + address.getQuery(), host).status();
  }

  @Test
  void anAddressThatIsNoneIsToldBeforeTheServerStarts() {
    assertThatThrownBy(() -> AskPage.isLoopback("no such host"))
        .isInstanceOf(UserError.class)
        .hasMessage("--host no such host: there is no such address");
    assertThatThrownBy(() -> AskPage.start(page.runs(), "192.0.2.1", 0, page.adversarial()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("192.0.2.1:0 is in use, or not an address of this machine");
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

package dev.fusebox.ask.page;

import static dev.fusebox.ask.page.ServedSample.asking;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.ask.page.ServedSample.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with the token that the page would never send, byte by byte. */
class HostileRequestsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension static final ServedSample page = new ServedSample();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/..%5c..%5cboot.ini",
        "/page.js/../../problems.json",
        "/page.js%00.html",
        "/page.css;x=1/../run.json",
        "//etc/passwd",
        "/experiment.json",
        "/api/../experiment.json",
        "/META-INF/MANIFEST.MF",
        "/AskHandler.class",
        "/page.html",
        "/api",
        "/api/ask",
        "/picture?question=../../../../etc/passwd",
        "/picture?question=/etc/passwd",
        "/picture?upload=../sample",
        "/picture?upload=%00",
        "/picture",
        "/api/question?id=../problems.json"
      })
  void noPathLeadsToAFile(String path) throws IOException {
    Reply reply = page.own(path);
    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.text()).doesNotContain("root:", "Manifest", "\"schema\"", "doctype");
  }

  @Test
  void whatIsAskedForComesBackAsTextAndNeverAsMarkup() throws IOException {
    Reply reply = page.own("/api/question?id=%3Cscript%3Ealert(1)%3C/script%3E");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.head()).contains("Content-Type: application/json");
    assertThat(reply.text()).doesNotContain("<script>");
    assertThat(page.get("/<script>alert(1)</script>", page.host(), page.cookie()).text())
        .doesNotContain("<script>");
  }

  @Test
  void tooMuchIsRefusedBeforeItIsRead() throws IOException {
    String head =
        "POST /api/upload HTTP/1.1\r\nContent-Type: application/octet-stream\r\n"
            + page.host()
            + page.cookie()
            + page.origin()
            + "Connection: close\r\n";
    String announced = head + "Content-Length: 9000000000\r\n\r\n";
    assertThat(page.send(announced.getBytes(StandardCharsets.ISO_8859_1)).status()).isEqualTo(413);
    assertThat(page.send(chunks(head, 9 << 20)).status()).isEqualTo(413);
    assertThat(page.own("/api/ask", "[" + " ".repeat(300_000) + "]").status()).isEqualTo(413);
    assertThat(page.get("/", page.host(), "X: " + "x".repeat(20_000) + "\r\n").status())
        .isEqualTo(431);
    assertThat(page.get("/" + "x".repeat(20_000), page.host()).status()).isIn(414, 431);
  }

  /** A body of so many bytes that does not say its length. */
  private static byte[] chunks(String head, int bytes) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    String more = "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(bytes) + "\r\n";
    all.write((head + more).getBytes(StandardCharsets.ISO_8859_1));
    all.write(new byte[bytes]);
    all.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    return all.toByteArray();
  }

  @Test
  void twoLengthsAndGarbageAreRefused() throws IOException {
    String head =
        "POST /api/ask HTTP/1.1\r\nContent-Type: application/json\r\n"
            + page.host()
            + page.cookie()
            + page.origin()
            + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    assertThat(page.send(head.getBytes(StandardCharsets.ISO_8859_1)).status()).isEqualTo(400);
    assertThat(
            page.send("\u0000\u0001garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | not a request that the page sends",
        "[] | not a request that the page sends",
        "null | an object was expected",
        "{} | choose at least one run",
        "{\"runs\": [\"../..\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"]} | there is no such run",
        "{\"runs\": [\"r\"], \"question\": \" \", \"choices\": [\"a\", \"b\"]} | the question has no text",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\"]} | a question has 2 to 26 options",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", null]} | an option is empty",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"], \"right\": 2} | the right option must be one of the options",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"], \"from\": \"0x\"} | there is no such question",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"], \"picture\": {\"kind\": \"file\", \"id\": \"/etc/passwd\"}} | a picture is own, none, of or upload",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"], \"file\": \"/etc/passwd\"} | not a request that the page sends"
      })
  void whatThePageDoesNotSendIsRefused(String json, String message) throws IOException {
    Reply reply = page.own("/api/ask", json);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(JSON.readTree(reply.text()).path("error").asText()).startsWith(message);
  }

  @Test
  void deepJsonAndLongTextsAreRefused() throws IOException {
    assertThat(page.own("/api/ask", "[".repeat(100_000)).status()).isEqualTo(400);
    String hint = ", \"hint\": \"" + "x".repeat(9000) + "\"";
    Reply reply = page.own("/api/ask", asking("[\"sample/text-seed1\"]", hint));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("too long together");
  }

  @Test
  void nothingIsKeptThatWasNotAnsweredHere() throws IOException {
    assertThat(page.own("/api/fooled", "{\"asked\": \"999\"}").status()).isEqualTo(404);
    assertThat(page.own("/api/fooled", "{\"asked\": null}").status()).isEqualTo(404);
    assertThat(page.own("/api/fooled", "{\"asked\": \"../1\"}").status()).isEqualTo(404);
    assertThat(page.adversarial()).doesNotExist();
  }
}

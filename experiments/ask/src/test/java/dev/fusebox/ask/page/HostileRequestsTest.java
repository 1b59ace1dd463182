package dev.fusebox.ask.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.TrainedSample;
import dev.fusebox.questions.Question;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that nobody's page sends, byte by byte, against a server with real runs. */
class HostileRequestsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT = 20_000; // milliseconds

  @TempDir static Path folder;

  private static AskedRuns runs;
  private static AskPage page;
  private static int port;
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    runs = TrainedSample.open(TrainedSample.experiment());
    page = AskPage.start(runs, "127.0.0.1", 0, folder.resolve("adversarial"));
    URI address = URI.create(page.address());
    port = address.getPort();
    token = address.getQuery().substring("token=".length());
  }

  @AfterAll
  static void stop() {
    page.close();
    runs.close();
  }

  /** What came back. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Reply(int status, String head, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private static Reply send(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // It was refused before it was whole: what was said is still to be read.
      }
      return reply(socket.getInputStream().readAllBytes());
    }
  }

  private static Reply reply(byte[] bytes) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = all.indexOf("\r\n\r\n");
    String head = all.substring(0, Math.max(0, end));
    byte[] body = new byte[bytes.length - end - 4];
    System.arraycopy(bytes, end + 4, body, 0, body.length);
    return new Reply(Integer.parseInt(all.substring(9, 12)), head, body);
  }

  private static String host() {
    return "Host: 127.0.0.1:" + port + "\r\n";
  }

  private static String cookie() {
    return "Cookie: fusebox-" + port + "=" + token + "\r\n";
  }

  private static String origin() {
    return "Origin: http://127.0.0.1:" + port + "\r\n";
  }

  private static Reply get(String path, String... headers) throws IOException {
    String all = "GET " + path + " HTTP/1.1\r\n" + String.join("", headers);
    return send((all + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A request of the page's own for a path. */
  private static Reply own(String path) throws IOException {
    return get(path, host(), cookie());
  }

  private static Reply post(String path, String type, byte[] body, String... headers)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length
            + "\r\n"
            + String.join("", headers)
            + "Connection: close\r\n\r\n";
    all.write(head.getBytes(StandardCharsets.ISO_8859_1));
    all.write(body);
    return send(all.toByteArray());
  }

  private static Reply own(String path, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return post(path, "application/json", body, host(), cookie(), origin());
  }

  private static Reply upload(byte[] bytes) throws IOException {
    return post("/api/upload", "application/octet-stream", bytes, host(), cookie(), origin());
  }

  private static String asking(String runs, String more) {
    return """
        {"runs": %s, "question": "Is it red?", "choices": ["yes", "no"], "picture": {"kind": "none", "id": null}%s}
        """
        .formatted(runs, more);
  }

  @Test
  void thePageItselfIsThereForWhoeverHasTheAddress() throws IOException {
    Reply first = get("/?token=" + token, host());
    assertThat(first.status()).isEqualTo(303);
    assertThat(first.head())
        .contains("Location: /\r\n", "HttpOnly; SameSite=Strict", "Set-Cookie: fusebox-" + port);
    assertThat(own("/").text()).startsWith("<!doctype html>");
    assertThat(own("/page.js").head()).contains("Content-Type: text/javascript");
    JsonNode state = JSON.readTree(own("/api/state").text());
    assertThat(state.path("runs")).hasSize(6);
    Reply answer = own("/api/ask", asking("[\"sample/gated-seed1\"]", ", \"right\": 1"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"probabilities\":[", "\"changes\":[\"new\",\"no-picture\"]");
  }

  @Test
  void everyAnswerForbidsEverythingFromElsewhere() throws IOException {
    for (Reply reply : List.of(own("/"), own("/nothing"), get("/", host()), get("/"))) {
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
    assertThat(get("/", host()).status()).isEqualTo(403);
    assertThat(get("/?token=", host()).status()).isEqualTo(403);
    assertThat(get("/?token=" + "0".repeat(48), host()).status()).isEqualTo(403);
    assertThat(get("/?token=%zz", host()).status()).isIn(400, 403);
    assertThat(get("/api/state", host()).status()).isEqualTo(403);
    assertThat(get("/api/state?token=" + token, host()).status()).isEqualTo(403);
    assertThat(get("/api/state", host(), "Cookie: fusebox-1=" + token + "\r\n").status())
        .isEqualTo(403);
    assertThat(get("/page.js", host()).status()).isEqualTo(403);
  }

  /** DNS rebinding: a name of somebody else's that leads to this machine. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "[::1]"})
  void anotherHostIsNotThisOne(String name) throws IOException {
    String header = "Host: " + name.replace("PORT", String.valueOf(port)) + "\r\n";
    assertThat(get("/api/state", header, cookie()).status()).isEqualTo(421);
    assertThat(get("/?token=" + token, header).status()).isEqualTo(421);
  }

  @Test
  void aHostIsNamedOnce() throws IOException {
    assertThat(get("/api/state", cookie()).status()).isEqualTo(400);
    assertThat(get("/api/state", host(), host(), cookie()).status()).isIn(400, 421);
    assertThat(get("http://evil.example/api/state", host(), cookie()).status()).isIn(400, 421);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:PORT"})
  void anotherSitesPageAsksNothing(String site) throws IOException {
    String header = "Origin: " + site.replace("PORT", String.valueOf(port)) + "\r\n";
    byte[] body = asking("[\"sample/text-seed1\"]", "").getBytes(StandardCharsets.UTF_8);
    assertThat(post("/api/ask", "application/json", body, host(), cookie(), header).status())
        .isEqualTo(403);
    assertThat(get("/api/state", host(), cookie(), header).status()).isEqualTo(403);
  }

  @Test
  void whoSaysNotWhereItComesFromChangesNothing() throws IOException {
    byte[] body = "{\"asked\": \"1\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(post("/api/fooled", "application/json", body, host(), cookie()).status())
        .isEqualTo(403);
    String cross = "Sec-Fetch-Site: cross-site\r\n";
    assertThat(get("/", host(), cookie(), cross).status()).isEqualTo(403);
    assertThat(get("/picture?question=1", host(), cookie(), cross).status()).isEqualTo(403);
    String sameSite = "Sec-Fetch-Site: same-site\r\n";
    assertThat(get("/api/state", host(), cookie(), sameSite).status()).isEqualTo(403);
  }

  /** What a form of another site may send without asking first. */
  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""})
  void aFormSendsNothing(String type) throws IOException {
    byte[] body = asking("[\"sample/text-seed1\"]", "").getBytes(StandardCharsets.UTF_8);
    assertThat(post("/api/ask", type, body, host(), cookie(), origin()).status()).isEqualTo(415);
    assertThat(post("/api/upload", type, body, host(), cookie(), origin()).status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "PUT", "DELETE", "TRACE", "PATCH", "HEAD", "CONNECT", "FROB"})
  void otherMethodsAreNotKnown(String method) throws IOException {
    String request =
        method + " /api/ask HTTP/1.1\r\n" + host() + cookie() + "Connection: close\r\n\r\n";
    assertThat(send(request.getBytes(StandardCharsets.ISO_8859_1)).status()).isIn(400, 405);
  }

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
    Reply reply = own(path);
    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.text()).doesNotContain("root:", "Manifest", "\"schema\"", "doctype");
  }

  @Test
  void whatIsAskedForComesBackAsTextAndNeverAsMarkup() throws IOException {
    Reply reply = own("/api/question?id=%3Cscript%3Ealert(1)%3C/script%3E");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.head()).contains("Content-Type: application/json");
    assertThat(reply.text()).doesNotContain("<script>");
    assertThat(get("/<script>alert(1)</script>", host(), cookie()).text())
        .doesNotContain("<script>");
  }

  @Test
  void whatIsNoPictureIsNotKept() throws IOException {
    String svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    assertThat(upload(svg.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(415);
    assertThat(upload("<html>".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(415);
    assertThat(upload(new byte[0]).status()).isEqualTo(415);
    Reply large = upload(png(60_000, 60_000));
    assertThat(large.status()).isEqualTo(415);
    assertThat(large.text()).contains("60,000 × 60,000", "12,000,000");
    assertThat(large.text()).doesNotContain("fusebox-uploads");
    assertThat(upload(png(4000, 4000)).status())
        .as("more pixels than an upload may have")
        .isEqualTo(415);
  }

  /** The beginning of a picture that says how large it is. */
  private static byte[] png(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(17);
    header.put("IHDR".getBytes(StandardCharsets.US_ASCII));
    header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    CRC32 sum = new CRC32();
    sum.update(header.array());
    byte[] mark = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    return ByteBuffer.allocate(33)
        .put(mark)
        .putInt(13)
        .put(header.array())
        .putInt((int) sum.getValue())
        .array();
  }

  @Test
  void tooMuchIsRefusedBeforeItIsRead() throws IOException {
    String head =
        "POST /api/upload HTTP/1.1\r\nContent-Type: application/octet-stream\r\n"
            + host()
            + cookie()
            + origin()
            + "Connection: close\r\n";
    String announced = head + "Content-Length: 9000000000\r\n\r\n";
    assertThat(send(announced.getBytes(StandardCharsets.ISO_8859_1)).status()).isEqualTo(413);
    assertThat(send(chunks(head, 9 << 20)).status()).isEqualTo(413);
    assertThat(own("/api/ask", "[" + " ".repeat(300_000) + "]").status()).isEqualTo(413);
    assertThat(get("/", host(), "X: " + "x".repeat(20_000) + "\r\n").status()).isEqualTo(431);
    assertThat(get("/" + "x".repeat(20_000), host()).status()).isIn(414, 431);
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
            + host()
            + cookie()
            + origin()
            + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    assertThat(send(head.getBytes(StandardCharsets.ISO_8859_1)).status()).isEqualTo(400);
    assertThat(send("\u0000\u0001garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | this is not what the page sends",
        "[] | this is not what the page sends",
        "null | an object was expected",
        "{} | choose at least one run",
        "{\"runs\": [\"../..\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"]} | there is no such run",
        "{\"runs\": [\"r\"], \"question\": \" \", \"choices\": [\"a\", \"b\"]} | the question has no text",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\"]} | a question has 2 to 26 options",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", null]} | an option is empty",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"], \"right\": 2} | the right option is none of them",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"], \"from\": \"0x\"} | there is no such question",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"], \"picture\": {\"kind\": \"file\", \"id\": \"/etc/passwd\"}} | a picture is own, none, of or upload",
        "{\"runs\": [\"r\"], \"question\": \"Q\", \"choices\": [\"a\", \"b\"], \"file\": \"/etc/passwd\"} | this is not what the page sends"
      })
  void whatThePageDoesNotSendIsRefused(String json, String message) throws IOException {
    Reply reply = own("/api/ask", json);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(JSON.readTree(reply.text()).path("error").asText()).startsWith(message);
  }

  @Test
  void deepJsonAndLongTextsAreRefused() throws IOException {
    assertThat(own("/api/ask", "[".repeat(100_000)).status()).isEqualTo(400);
    String hint = ", \"hint\": \"" + "x".repeat(9000) + "\"";
    Reply reply = own("/api/ask", asking("[\"sample/text-seed1\"]", hint));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("too long together");
  }

  @Test
  void nothingIsKeptThatWasNotAnsweredHere() throws IOException {
    assertThat(own("/api/fooled", "{\"asked\": \"999\"}").status()).isEqualTo(404);
    assertThat(own("/api/fooled", "{\"asked\": null}").status()).isEqualTo(404);
    assertThat(own("/api/fooled", "{\"asked\": \"../1\"}").status()).isEqualTo(404);
    assertThat(folder.resolve("adversarial")).doesNotExist();
  }

  @Test
  void picturesComeAsPngAndTheOldestGo() throws IOException {
    Question question =
        runs.questions().search("test", "").stream()
            .filter(Question::picture)
            .findFirst()
            .orElseThrow();
    Reply own = own("/picture?question=" + question.id());
    assertThat(own.status()).isEqualTo(200);
    assertThat(own.head()).contains("Content-Type: image/png");
    String first = JSON.readTree(upload(own.body()).text()).path("upload").asText();
    assertThat(own("/picture?upload=" + first).status()).isEqualTo(200);
    for (int i = 0; i < Uploads.MOST; i++) {
      assertThat(upload(own.body()).status()).isEqualTo(200);
    }
    assertThat(own("/picture?upload=" + first).status()).isEqualTo(404);
  }

  @Test
  void uploadsGoWithTheServer() throws IOException {
    Path kept;
    try (Uploads uploads = new Uploads()) {
      byte[] png = PngPicture.of(picture());
      kept = uploads.file(uploads.add(png));
      assertThat(kept).exists();
    }
    assertThat(kept).doesNotExist();
    assertThat(Files.exists(kept.getParent())).isFalse();
  }

  private static Path picture() throws IOException {
    try (var files = Files.walk(runs.root().resolve("images"))) {
      return files.filter(file -> file.toString().endsWith(".png")).findFirst().orElseThrow();
    }
  }
}

package dev.fusebox.ask.page;

import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.TrainedSample;
import dev.fusebox.file.DirectoryTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server with real runs for all tests of a class, and a socket to send it whatever one likes,
 * byte by byte.
 */
final class ServedSample implements BeforeAllCallback, AfterAllCallback {

  private static final int TIMEOUT = 20_000; // milliseconds

  private Path adversarial;
  private AskedRuns runs;
  private AskPage page;
  private int port;
  private String token;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    adversarial = Files.createTempDirectory("served").resolve("adversarial");
    runs = TrainedSample.open(TrainedSample.experiment());
    page = AskPage.start(runs, "127.0.0.1", 0, adversarial);
    URI address = URI.create(page.address());
    port = address.getPort();
    token = address.getQuery().substring("token=".length());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    page.close();
    runs.close();
    DirectoryTree.delete(adversarial.getParent());
  }

  /** Where what fools a run is kept. */
  Path adversarial() {
    return adversarial;
  }

  AskedRuns runs() {
    return runs;
  }

  int port() {
    return port;
  }

  String token() {
    return token;
  }

  /** What came back. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Reply(int status, String head, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** The same socket to another server of this machine. */
  ServedSample to(int other) {
    ServedSample sample = new ServedSample();
    sample.port = other;
    return sample;
  }

  Reply send(byte[] request) throws IOException {
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

  String host() {
    return "Host: 127.0.0.1:" + port + "\r\n";
  }

  String cookie() {
    return "Cookie: fusebox-" + port + "=" + token + "\r\n";
  }

  String origin() {
    return "Origin: http://127.0.0.1:" + port + "\r\n";
  }

  Reply get(String path, String... headers) throws IOException {
    String all = "GET " + path + " HTTP/1.1\r\n" + String.join("", headers);
    return send((all + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A request of the page's own for a path. */
  Reply own(String path) throws IOException {
    return get(path, host(), cookie());
  }

  Reply post(String path, String type, byte[] body, String... headers) throws IOException {
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

  /** A request of the page's own that sends JSON. */
  Reply own(String path, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return post(path, "application/json", body, host(), cookie(), origin());
  }

  Reply upload(byte[] bytes) throws IOException {
    return post("/api/upload", "application/octet-stream", bytes, host(), cookie(), origin());
  }

  /** A question for runs, as the page asks it, with more members. */
  static String asking(String runs, String more) {
    return """
        {"runs": %s, "question": "Is it red?", "choices": ["yes", "no"], "picture": {"kind": "none", "id": null}%s}
        """
        .formatted(runs, more);
  }
}

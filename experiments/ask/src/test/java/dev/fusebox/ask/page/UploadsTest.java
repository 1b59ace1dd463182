package dev.fusebox.ask.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.ask.page.ServedSample.Reply;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pictures that are brought: what is taken, and for how long it is kept. */
class UploadsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension static final ServedSample page = new ServedSample();

  @Test
  void whatIsNoPictureIsNotKept() throws IOException {
    String svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    assertThat(page.upload(svg.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(415);
    assertThat(page.upload("<html>".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(415);
    assertThat(page.upload(new byte[0]).status()).isEqualTo(415);
    Reply large = page.upload(png(60_000, 60_000));
    assertThat(large.status()).isEqualTo(415);
    assertThat(large.text()).contains("60,000 × 60,000", "12,000,000");
    assertThat(large.text()).doesNotContain("fusebox-uploads");
    assertThat(page.upload(png(4000, 4000)).status())
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
  void picturesComeAsPngAndTheOldestGo() throws IOException {
    Question question =
        page.runs().questions().search("test", "").stream()
            .filter(Question::picture)
            .findFirst()
            .orElseThrow();
    Reply own = page.own("/picture?question=" + question.id());
    assertThat(own.status()).isEqualTo(200);
    assertThat(own.head()).contains("Content-Type: image/png");
    String first = JSON.readTree(page.upload(own.body()).text()).path("upload").asText();
    assertThat(page.own("/picture?upload=" + first).status()).isEqualTo(200);
    for (int i = 0; i < Uploads.MOST; i++) {
      assertThat(page.upload(own.body()).status()).isEqualTo(200);
    }
    assertThat(page.own("/picture?upload=" + first).status()).isEqualTo(404);
  }

  /** A few megabytes may hold a picture of 160: many at once would be the end of the server. */
  @Test
  void onePictureIsDecodedAtATime() throws Exception {
    Path file = picture();
    byte[] bytes = Files.readAllBytes(file);
    ExecutorService others = Executors.newFixedThreadPool(2);
    try (Uploads uploads = new Uploads()) {
      Future<byte[]> shown;
      Future<String> brought;
      PngPicture.DECODING.lock();
      try {
        shown = others.submit(() -> PngPicture.of(file));
        brought = others.submit(() -> uploads.add(bytes));
        assertThatThrownBy(() -> shown.get(300, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        assertThat(brought.isDone()).isFalse();
      } finally {
        PngPicture.DECODING.unlock();
      }
      assertThat(shown.get(20, TimeUnit.SECONDS)).isNotEmpty();
      assertThat(brought.get(20, TimeUnit.SECONDS)).isEqualTo("1");
    } finally {
      others.shutdown();
    }
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
    try (var files = Files.walk(page.runs().root().resolve("images"))) {
      return files.filter(file -> file.toString().endsWith(".png")).findFirst().orElseThrow();
    }
  }
}

package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  private final StringWriter said = new StringWriter();

  private int ended(OutputStream out) {
    StandardOutput output = new StandardOutput(out);
    output.print().println("größe");
    return output.ended(0, new PrintWriter(said, true));
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }

  @Test
  void whatIsWrittenIsUtf8() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ended(bytes)).isZero();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("größe");
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void aDiskThatIsFullIsTold() {
    assertThat(ended(failing("No space left on device"))).isEqualTo(ExitStatus.USAGE);
    assertThat(said.toString()).startsWith("standard output: No space left on device");
  }

  @Test
  void aReaderThatIsGoneIsNoTrouble() {
    assertThat(ended(failing("Broken pipe"))).isEqualTo(ExitStatus.PIPE_CLOSED);
    assertThat(said.toString()).isEmpty();
  }
}

package dev.fusebox.questions.prompt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The prompts of many questions, to look at or to compare.
 *
 * @param prompts how a question becomes a prompt
 */
public record PromptLines(List<Question> questions, Function<Question, TextPair> prompts) {

  public PromptLines {
    questions = List.copyOf(questions);
  }

  /** Writes one line of JSON per question: {@code pid}, {@code source}, {@code target}. UTF-8. */
  public void write(OutputStream output) throws IOException {
    JsonFactory factory = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try (JsonGenerator json = factory.createGenerator(output)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      for (Question question : questions) {
        TextPair prompt = prompts.apply(question);
        json.writeStartObject();
        json.writeStringField("pid", question.id());
        json.writeStringField("source", prompt.source());
        json.writeStringField("target", prompt.target());
        json.writeEndObject();
      }
      json.writeRaw('\n');
    }
  }

  /** SHA-256 over {@code pid \x01 source \x01 target \x00} of every question, in UTF-8. */
  public String sha256() {
    Fingerprint fingerprint = new Fingerprint();
    for (Question question : questions) {
      TextPair prompt = prompts.apply(question);
      String line = question.id() + "\1" + prompt.source() + "\1" + prompt.target() + "\0";
      fingerprint.add(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }
    return fingerprint.hex();
  }
}

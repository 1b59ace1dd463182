package dev.fusebox.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fusebox.questions.DemoSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hugging Face's {@code tokenizer.json} for the demo's language: one token for each word, and one
 * for each full stop, comma and question mark at the end of a word. T5's special tokens stand where
 * T5 has them: padding 0, end 1, unknown 2, and the sentinels last, counted downwards.
 */
final class DemoTokenizer {

  private static final int SENTINELS = 100;
  private static final String PROMPTS =
      "SceneQuestion: Context: N/A Options: (A) (B) (C) (D) (E) Answer: Solution: BECAUSE:"
          + " The answer is . find";
  private static final long SURVEY_SEED = 1;
  private static final int SURVEY = 6000; // questions in which every word of the world occurs

  private DemoTokenizer() {}

  static void write(JsonGenerator out) throws IOException {
    Map<String, Integer> ids = vocabulary();
    out.writeStartObject();
    out.writeStringField("version", "1.0");
    out.writeNullField("truncation");
    out.writeNullField("padding");
    writeSpecialTokens(out, ids);
    out.writeNullField("normalizer");
    writeSplitting(out);
    writeEnding(out);
    out.writeObjectFieldStart("decoder"); // joins with blanks, then takes those before stops out
    out.writeStringField("type", "WordPiece");
    out.writeStringField("prefix", "##");
    out.writeBooleanField("cleanup", true);
    out.writeEndObject();
    writeModel(out, ids);
    out.writeEndObject();
  }

  /** Every word of the world, whatever the seed and the size of the data. */
  static Map<String, Integer> vocabulary() {
    Set<String> words = new TreeSet<>();
    add(words, PROMPTS);
    DemoWorld world = new DemoWorld(DemoSettings.of(SURVEY, SURVEY_SEED));
    IntStream.rangeClosed(1, SURVEY)
        .mapToObj(world::question)
        .flatMap(DemoTokenizer::texts)
        .forEach(text -> add(words, text));
    Map<String, Integer> ids = new LinkedHashMap<>();
    Stream.of("<pad>", "</s>", "<unk>").forEach(word -> ids.put(word, ids.size()));
    words.forEach(word -> ids.put(word, ids.size()));
    IntStream.range(0, SENTINELS)
        .forEach(i -> ids.put("<extra_id_" + (SENTINELS - 1 - i) + ">", ids.size()));
    return ids;
  }

  private static Stream<String> texts(SceneQuestion question) {
    Stream<String> own =
        Stream.of(question.text(), question.hint(), question.solution(), question.kind().lecture());
    return Stream.of(
            own,
            question.choices().options().stream(),
            question.scene().stream().map(Scene::caption))
        .flatMap(texts -> texts);
  }

  private static void add(Set<String> words, String text) {
    for (String word : text.replaceAll("([.,?!])(?= |$)", " $1").split(" ")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
  }

  private static void writeSpecialTokens(JsonGenerator out, Map<String, Integer> ids)
      throws IOException {
    out.writeArrayFieldStart("added_tokens");
    for (Map.Entry<String, Integer> word : ids.entrySet()) {
      if (word.getKey().startsWith("<")) {
        out.writeStartObject();
        out.writeNumberField("id", word.getValue());
        out.writeStringField("content", word.getKey());
        for (String property : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
          out.writeBooleanField(property, false);
        }
        out.writeBooleanField("special", true);
        out.writeEndObject();
      }
    }
    out.writeEndArray();
  }

  private static void writeSplitting(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("pre_tokenizer");
    out.writeStringField("type", "Sequence");
    out.writeArrayFieldStart("pretokenizers");
    out.writeStartObject();
    out.writeStringField("type", "WhitespaceSplit");
    out.writeEndObject();
    out.writeStartObject();
    out.writeStringField("type", "Split");
    out.writeObjectFieldStart("pattern");
    out.writeStringField("Regex", "[.,?!]$");
    out.writeEndObject();
    out.writeStringField("behavior", "Isolated");
    out.writeBooleanField("invert", false);
    out.writeEndObject();
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeEnding(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("post_processor");
    out.writeStringField("type", "TemplateProcessing");
    writeTemplate(out, "single", "A");
    writeTemplate(out, "pair", "A", "B");
    out.writeObjectFieldStart("special_tokens");
    out.writeObjectFieldStart("</s>");
    out.writeStringField("id", "</s>");
    out.writeArrayFieldStart("ids");
    out.writeNumber(1);
    out.writeEndArray();
    out.writeArrayFieldStart("tokens");
    out.writeString("</s>");
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeTemplate(JsonGenerator out, String name, String... sequences)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String sequence : sequences) {
      writePiece(out, "Sequence", sequence);
      writePiece(out, "SpecialToken", "</s>");
    }
    out.writeEndArray();
  }

  private static void writePiece(JsonGenerator out, String type, String id) throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart(type);
    out.writeStringField("id", id);
    out.writeNumberField("type_id", 0);
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeModel(JsonGenerator out, Map<String, Integer> ids) throws IOException {
    out.writeObjectFieldStart("model");
    out.writeStringField("type", "WordLevel");
    out.writeObjectFieldStart("vocab");
    for (Map.Entry<String, Integer> word : ids.entrySet()) {
      out.writeNumberField(word.getKey(), word.getValue());
    }
    out.writeEndObject();
    out.writeStringField("unk_token", "<unk>");
    out.writeEndObject();
  }
}

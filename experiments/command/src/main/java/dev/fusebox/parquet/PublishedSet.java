package dev.fusebox.parquet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A data set that is known in parquet files, told by its columns. */
enum PublishedSet {
  /** ScienceQA; its rows have no ids, so split and row number are one. */
  SCIENCEQA("ScienceQA", Set.of("question", "choices", "answer", "lecture", "solution")) {
    @Override
    String id(ParquetRow row, String split, int number) {
      return split + "-" + number;
    }

    @Override
    ObjectNode question(ParquetRow row, String split) throws SQLException {
      ObjectNode node = asked(row);
      node.put("answer", row.integer("answer"));
      Stream.of(
              "hint",
              "task",
              "grade",
              "subject",
              "topic",
              "category",
              "skill",
              "lecture",
              "solution")
          .forEach(field -> node.put(field, row.text(field)));
      return node.put("split", split);
    }
  },
  /** M3CoT, as its authors bring it into ScienceQA's layout. */
  M3COT("M3CoT", Set.of("id", "question", "choices", "answer", "rationale", "domain")) {
    @Override
    String id(ParquetRow row, String split, int number) {
      return row.text("id");
    }

    @Override
    ObjectNode question(ParquetRow row, String split) throws SQLException {
      ObjectNode node = asked(row);
      String letter = row.text("answer");
      if (!letter.matches("[A-Z]")) {
        throw row.wrong("answer", "a letter");
      }
      node.put("answer", letter.charAt(0) - 'A');
      node.put("hint", row.text("context"));
      node.put("solution", row.text("rationale"));
      node.put("domain", row.text("domain"));
      node.put("topic", row.text("topic"));
      return node.put("split", split);
    }
  },
  /** A-OKVQA; its own files, for ScienceQA's have no place for answers in words. */
  AOKVQA("A-OKVQA", Set.of("question_id", "question", "choices", "direct_answers")) {
    @Override
    String id(ParquetRow row, String split, int number) {
      return row.text("question_id");
    }

    @Override
    ObjectNode question(ParquetRow row, String split) throws SQLException {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("split", split);
      node.put("question_id", row.text("question_id"));
      node.setAll(asked(row));
      if (row.has("correct_choice_idx")) {
        node.put("correct_choice_idx", row.integer("correct_choice_idx"));
      }
      fill(node, "direct_answers", directAnswers(row));
      node.put("difficult_direct_answer", row.text("difficult_direct_answer").equals("true"));
      fill(node, "rationales", row.has("rationales") ? row.texts("rationales") : List.of());
      return node;
    }
  };

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of
  private final Set<String> columns;

  PublishedSet(String title, Set<String> columns) {
    this.title = title;
    this.columns = columns;
  }

  /** What people call it. */
  String title() {
    return title;
  }

  /** The columns that it is told by. */
  Set<String> columns() {
    return columns;
  }

  /** Whether all its questions stand in files of their own by split. */
  boolean hasFilePerSplit() {
    return this == AOKVQA;
  }

  /** What a question is called. */
  abstract String id(ParquetRow row, String split, int number);

  /** A question as the files of its layout have it, but for its picture. */
  abstract ObjectNode question(ParquetRow row, String split) throws SQLException;

  private static ObjectNode asked(ParquetRow row) throws SQLException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("question", row.text("question"));
    fill(node, "choices", row.texts("choices"));
    return node;
  }

  private static void fill(ObjectNode node, String field, List<String> texts) {
    texts.forEach(node.putArray(field)::add);
  }

  /** A list, or a text that is one in Python. */
  private static List<String> directAnswers(ParquetRow row) throws SQLException {
    if (!row.has("direct_answers")) {
      return List.of();
    }
    return row.values().get("direct_answers") instanceof String text
        ? PythonList.parse(text).orElseThrow(() -> row.wrong("direct_answers", "a list of texts"))
        : row.texts("direct_answers");
  }
}

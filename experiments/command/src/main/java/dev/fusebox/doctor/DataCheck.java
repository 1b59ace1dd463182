package dev.fusebox.doctor;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.FeatureSource;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.questions.picture.StoredPictures;
import dev.fusebox.t5.tokenize.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files of a data directory, each against the questions. */
public final class DataCheck {

  private static final String NEEDS_TEXTS =
      "expected mm-cot's layout: problems.json and pid_splits.json in the directory or its scienceqa/;"
          + " or A-OKVQA's aokvqa_v1p0_train.json and others; or one question per line in train.jsonl and others; fusebox import extracts parquet files";

  private DataCheck() {}

  /** What lies in {@code root}. */
  public static List<Finding> findings(Path root) throws IOException {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.of("data", root.toString()));
    try {
      Dataset dataset = Datasets.open(root);
      Map<String, Question> questions = questions(dataset);
      findings.add(splits(dataset, questions));
      findings.add(captions(questions));
      findings.addAll(features(root, questions));
      findings.add(ImageCheck.finding(root, dataset));
      findings.add(tokenizer(root));
    } catch (UserError e) {
      findings.add(Finding.broken("  questions", e.getMessage(), NEEDS_TEXTS));
    }
    return findings;
  }

  private static Map<String, Question> questions(Dataset dataset) {
    Map<String, Question> questions = new LinkedHashMap<>();
    for (String split : dataset.splits()) {
      dataset.split(split).forEach(question -> questions.put(question.id(), question));
    }
    return questions;
  }

  private static long pictured(Map<String, Question> questions) {
    return questions.values().stream().filter(Question::picture).count();
  }

  private static Finding splits(Dataset dataset, Map<String, Question> questions) {
    String splits =
        dataset.splits().stream()
            .map(name -> name + " " + Sizes.count(dataset.split(name).size()))
            .collect(Collectors.joining(", "));
    return Finding.of(
        "  questions",
        "%s, %s with a picture (%s)"
            .formatted(Sizes.count(questions.size()), Sizes.count(pictured(questions)), splits));
  }

  private static Finding captions(Map<String, Question> questions) {
    long captions =
        questions.values().stream()
            .filter(question -> question.picture() && !question.caption().isBlank())
            .count();
    String found =
        Sizes.count(captions) + " of " + Sizes.count(pictured(questions)) + " pictures have one";
    return captions == 0
        ? Finding.lacking(
            "  captions",
            found,
            "needed only for features = caption: captions.json next to problems.json")
        : Finding.of("  captions", found);
  }

  private static List<Finding> features(Path root, Map<String, Question> questions) {
    return Arrays.stream(FeatureSource.values())
        .filter(FeatureSource::hasFile)
        .map(source -> features(root, source, questions))
        .toList();
  }

  private static Finding features(
      Path root, FeatureSource source, Map<String, Question> questions) {
    String name = source.label();
    String label = "  " + name;
    try {
      Optional<StoredPictures> stored = Pictures.stored(root, source);
      return stored
          .map(pictures -> stored(label, pictures, questions))
          .orElseGet(
              () ->
                  Finding.lacking(
                      label,
                      "no file",
                      "needed only for features = %s: %s.npy or .pth in the directory or its vision_features/"
                          .formatted(name, name)));
    } catch (UserError | IOException e) {
      return Finding.broken(label, e.getMessage(), "download the file again, or remove it");
    }
  }

  private static Finding stored(
      String name, StoredPictures pictures, Map<String, Question> questions) {
    long missing =
        questions.values().stream()
            .filter(question -> question.picture() && !pictures.questions().contains(question.id()))
            .count();
    String found =
        "%s, %s: %s rows of %d × %d; %s of %s pictures have a row"
            .formatted(
                pictures.file().getFileName(),
                Sizes.bytes(pictures.file().toFile().length()),
                Sizes.count(pictures.rows()),
                pictures.patches(),
                pictures.width(),
                Sizes.count(pictured(questions) - missing),
                Sizes.count(pictured(questions)));
    return missing == 0
        ? Finding.of(name, found)
        : Finding.lacking(
            name,
            found,
            "questions without a row are answered as if they had no picture: see name_map.json");
  }

  private static Finding tokenizer(Path root) {
    return Tokenizers.find(root)
        .map(path -> Finding.of("  tokenizer", path.getFileName().toString()))
        .orElseGet(
            () ->
                Finding.lacking(
                    "  tokenizer",
                    "none next to the data",
                    "a checkpoint has its own; a model without one needs model.tokenizer=FILE"));
  }
}

package dev.fusebox.training.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.file.FileHashes;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.PictureName;
import dev.fusebox.questions.picture.PictureSpan;
import dev.fusebox.questions.prompt.TextPair;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.PicturesOfBatch;
import dev.fusebox.training.recipe.ShotSettings;
import dev.fusebox.training.recipe.ShotSettings.Choice;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Solved questions with their pictures: which are seen, and where each stands. */
class ShotPicturesTest {

  private static final ShotSettings SHOTS = new ShotSettings(3, Choice.RANDOM, 1, true);

  @TempDir Path folder;
  private WordTokenizer tokenizer;

  @BeforeEach
  void learnWords() throws IOException {
    WordTokenizer.learn(Stream.of("a b c d e f g h"), 1).save(folder);
    tokenizer = WordTokenizer.open(folder.resolve(WordTokenizer.FILE));
  }

  /** One vector of two numbers, for those that have a picture. */
  private record OneVector(Map<String, float[]> vectors) implements PictureFeatures {

    @Override
    public int patches() {
      return 1;
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public int read(String questionId, FloatBuffer into) {
      float[] vector = vectors.get(questionId);
      if (vector == null) {
        return 0;
      }
      into.put(vector);
      return 1;
    }
  }

  private static final OneVector PICTURES =
      new OneVector(
          Map.of(
              "q", new float[] {1, 1},
              "s1", new float[] {2, 2},
              "s3", new float[] {3, 3},
              "far", new float[] {9, 9}));

  private static StageTexts.Shot shot(String id, String text) {
    return new StageTexts.Shot(id, text);
  }

  private static StageTexts texts(List<StageTexts.Shot> shots, int longest) {
    return new StageTexts(
        List.of("q", "none"),
        List.of(new TextPair("a b", "h"), new TextPair("a", "h")),
        List.of(),
        List.of(shots, List.of()),
        List.of(),
        longest,
        3);
  }

  private PicturesOfBatch batch(PictureFeatures pictures, StageTexts texts, ShotSettings shots) {
    PictureFeatures seen =
        new SeenPictures(pictures, pictures).with(List.of(texts), shots, tokenizer);
    return new BatchMaker(T5Config.small(16, 8, 2), Optional.of(seen), Optional.empty())
        .make(Tokenised.of(texts, tokenizer).examples())
        .pictures()
        .orElseThrow();
  }

  /** A shot without a picture has none; the question's own comes last, before its text. */
  @Test
  void eachStandsBeforeItsQuestion() {
    StageTexts texts = texts(List.of(shot("s1", "c d e"), shot("s2", "f"), shot("s3", "g h")), 20);
    PicturesOfBatch pictures = batch(PICTURES, texts, SHOTS);
    assertThat(pictures.patches()).isEqualTo(3);
    assertThat(pictures.features()).containsExactly(2, 2, 3, 3, 1, 1, 0, 0, 0, 0, 0, 0);
    assertThat(pictures.mask()).containsExactly(1, 1, 1, 0, 0, 0);
    assertThat(pictures.frames()).containsExactly(0, 1, 2, 0, 0, 0);
    assertThat(pictures.places()).containsExactly(0, 4, 6, 0, 0, 0);
  }

  @Test
  void whoseTextHasNoRoomIsNotSeen() {
    StageTexts texts = texts(List.of(shot("far", "c d e"), shot("s3", "g h")), 6);
    assertThat(Tokenised.of(texts, tokenizer).leftOutShots()).isEqualTo(1);
    assertThat(batch(PICTURES, texts, SHOTS).features()).containsExactly(3, 3, 1, 1, 0, 0, 0, 0);
  }

  @Test
  void theyAreNotSeenWhereThatIsNotWanted() {
    StageTexts texts = texts(List.of(shot("s1", "c d e")), 20);
    ShotSettings textAlone = new ShotSettings(3, Choice.RANDOM, 1, false);
    PicturesOfBatch pictures = batch(PICTURES, texts, textAlone);
    assertThat(pictures.features()).containsExactly(1, 1, 0, 0);
    assertThat(pictures.places()).containsOnly(0);
  }

  /** Two of its own and one of an option: what a name says of a place holds behind shots too. */
  @Test
  void severalOfAQuestionKeepTheirOrder() {
    PictureFeatures several =
        new PictureFeatures() {
          @Override
          public int patches() {
            return 3;
          }

          @Override
          public int width() {
            return 2;
          }

          @Override
          public int read(String questionId, FloatBuffer into) {
            int vectors = spans(questionId).size();
            into.put(new float[2 * vectors]);
            return vectors;
          }

          @Override
          public List<PictureSpan> spans(String questionId) {
            return switch (questionId) {
              case "q" ->
                  List.of(
                      new PictureSpan(new PictureName("q", PictureName.Role.IMAGE, 0), 1),
                      new PictureSpan(new PictureName("q", PictureName.Role.IMAGE, 1), 1),
                      new PictureSpan(new PictureName("q", PictureName.Role.CHOICE, 0), 1));
              case "z" -> List.of(new PictureSpan(PictureName.alone("z"), 1));
              default -> List.of();
            };
          }
        };
    StageTexts texts = texts(List.of(shot("z", "c d")), 20);
    PictureFeatures seen =
        new SeenPictures(several, several).with(List.of(texts), SHOTS, tokenizer);
    List<PictureSpan> spans = seen.spans("q");
    assertThat(spans)
        .extracting(span -> span.picture().question())
        .containsExactly("z", "q", "q", "q");
    assertThat(spans).extracting(span -> span.place().orElse(-1)).containsExactly(0, 2, 2, -1);
    assertThat(spans.get(3).picture().option()).hasValue(0);
  }

  private List<String> nearest(OneVector pictures, Question asked) throws IOException {
    List<Question> train =
        List.of(
            ShotsTest.question("right", "What is it", true),
            ShotsTest.question("alike", "How far is the sun", true),
            ShotsTest.question("text", "What does a cow eat", false));
    return Shots.of(
            new OpenedFiles(
                folder.resolve("cache"), new FileHashes(folder.resolve("hashes"), false)),
            new ShotSettings(2, Choice.NEAREST_PICTURE, 1, true),
            ShotsTest.dataset(train),
            ShotsTest.DATA,
            List.of(asked),
            Optional.of(new SeenPictures(pictures, pictures)))
        .get(asked.id())
        .stream()
        .map(Question::id)
        .toList();
  }

  /** By direction, however long the vectors are; who has no picture is near to nobody. */
  @Test
  void theNearestPictureStandsLast() throws IOException {
    OneVector pictures =
        new OneVector(
            Map.of(
                "asked", new float[] {1, 0},
                "alike", new float[] {50, 1},
                "right", new float[] {0, 1}));
    assertThat(nearest(pictures, ShotsTest.question("asked", "What does a cow eat", true)))
        .containsExactly("right", "alike");
  }

  /** A blind stage must not learn from its shots what it does not see. */
  @Test
  void wordsDecideWhereThereIsNoPictureOrNothingInIt() throws IOException {
    OneVector blind =
        new OneVector(Map.of("asked", new float[2], "alike", new float[2], "right", new float[2]));
    List<String> byWords =
        nearest(blind, ShotsTest.question("asked", "What does a cow eat now", true));
    assertThat(byWords).endsWith("text");
    assertThat(nearest(PICTURES, ShotsTest.question("other", "What does a cow eat now", false)))
        .isEqualTo(byWords);
  }
}

package dev.fusebox.training.objective;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What is there? The name of a region is read beside the picture, and what the region shows is
 * written. VL-T5's grounded captioning (Cho et al. 2021, arXiv 2102.02779), which names an object
 * by its number; here it is named by words, for the vectors of a picture have no numbers.
 *
 * @param regions of pictures
 */
public record Grounding(List<Region> regions, Tokens tokens) implements PretrainingObjective {

  /**
   * A region of a picture.
   *
   * @param question whose picture it is, by id
   * @param name as token ids, without end mark
   * @param words what is there, as token ids, without end mark
   */
  public record Region(String question, List<Integer> name, List<Integer> words) {
    public Region {
      name = List.copyOf(name);
      words = List.copyOf(words);
    }
  }

  public Grounding {
    regions =
        regions.stream()
            .filter(region -> !region.name().isEmpty() && !region.words().isEmpty())
            .toList();
    if (regions.isEmpty()) {
      throw new IllegalArgumentException(
          "no question has a picture whose regions are told; regions.json holds them");
    }
  }

  /**
   * Of the questions that have a picture and regions of it.
   *
   * @param longest names are cut, so that one with its end mark has at most so many tokens
   */
  static Grounding of(PicturedTexts texts, int longest, Tokens tokens) {
    if (longest < 2) {
      throw new IllegalArgumentException("longest must be at least 2, found " + longest);
    }
    return new Grounding(
        texts.questions().stream()
            .filter(Question::picture)
            .flatMap(question -> regions(question.id(), texts, longest - 1, tokens))
            .toList(),
        tokens);
  }

  private static Stream<Region> regions(
      String question, PicturedTexts texts, int most, Tokens tokens) {
    return texts.regions().getOrDefault(question, Map.of()).entrySet().stream()
        .filter(region -> !region.getKey().isBlank() && !region.getValue().isBlank())
        .map(region -> Map.entry(tokens.of(region.getKey()), tokens.of(region.getValue())))
        .map(region -> new Region(question, cut(region.getKey(), most), region.getValue()));
  }

  private static List<Integer> cut(List<Integer> name, int most) {
    return name.subList(0, Math.min(most, name.size()));
  }

  @Override
  public PretrainingExample practice(SplittableRandom random) {
    Region region = regions.get(random.nextInt(regions.size()));
    return new PretrainingExample(
        ended(region.name()), ended(region.words()), Optional.of(region.question()));
  }

  private List<Integer> ended(List<Integer> words) {
    List<Integer> ids = new ArrayList<>(words);
    ids.add(tokens.end());
    return ids;
  }
}

package dev.fusebox.results.fusing;

import dev.fusebox.training.task.CrossedAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model's answers to n texts, each beside n pictures. Questions with as many options are crossed
 * with each other: a model's output for one is then comparable with that for another, option by
 * option.
 */
public final class CrossedAnswers {

  private final List<CrossedBlock> blocks;

  private CrossedAnswers(List<CrossedBlock> blocks) {
    this.blocks = blocks;
  }

  /**
   * Puts answers in order.
   *
   * @throws IllegalArgumentException if a text is not answered beside every picture of the texts
   *     with as many options
   */
  public static CrossedAnswers of(List<CrossedAnswer> answers) {
    Map<Integer, Map<String, Map<String, CrossedAnswer>>> bySize = new TreeMap<>();
    for (CrossedAnswer answer : answers) {
      bySize
          .computeIfAbsent(answer.probabilities().size(), size -> new LinkedHashMap<>())
          .computeIfAbsent(answer.text(), text -> new LinkedHashMap<>())
          .put(answer.picture(), answer);
    }
    return new CrossedAnswers(bySize.values().stream().map(CrossedBlock::of).toList());
  }

  /** What each question owes to its text and its picture, block after block. */
  public List<FusingFigures> questions() {
    List<FusingFigures> questions = new ArrayList<>();
    blocks.forEach(block -> questions.addAll(block.questions()));
    return questions;
  }
}

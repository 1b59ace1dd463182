package dev.fusebox.results.fusing;

import dev.fusebox.training.task.CrossedAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Questions with as many options, all of whose texts were answered beside all of their pictures.
 *
 * <p>What a model would say without the picture is its mean over the pictures of all the questions,
 * and so for the text: absent means drawn at random from the sample.
 */
final class CrossedBlock {

  /** The least probability whose logarithm is taken; a softmax may come to 0. */
  private static final double LEAST = Double.MIN_NORMAL;

  /** Sums that are equal but for rounding are equal. */
  private static final double ROUNDING = 1e-9;

  private final int n;
  private final int options;
  private final int[] right;
  private final double[][][] p; // text, picture, option

  private CrossedBlock(int[] right, double[][][] p) {
    this.n = right.length;
    this.right = right;
    this.p = p;
    this.options = p[0][0].length;
  }

  /** From answers by text and picture. */
  static CrossedBlock of(Map<String, Map<String, CrossedAnswer>> answers) {
    List<String> ids = List.copyOf(answers.keySet());
    int[] right = new int[ids.size()];
    double[][][] p = new double[ids.size()][ids.size()][];
    for (int i = 0; i < ids.size(); i++) {
      for (int j = 0; j < ids.size(); j++) {
        CrossedAnswer answer = answers.get(ids.get(i)).get(ids.get(j));
        if (answer == null) {
          throw new IllegalArgumentException(
              "question %s must be answered beside the picture of every question with as many options, found none of %s"
                  .formatted(ids.get(i), ids.get(j)));
        }
        p[i][j] = answer.probabilities().stream().mapToDouble(Double::doubleValue).toArray();
        right[i] = answer.right();
      }
    }
    return new CrossedBlock(right, p);
  }

  List<FusingFigures> questions() {
    double[] byPlace = averageMarksOfChoices();
    double[][] additive = additive();
    List<FusingFigures> questions = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int chosen = first(p[i][i]);
      double any = meanOverBoth(p, chosen);
      double text = meanOverPictures(p, i, chosen) - any;
      double picture = meanOverTexts(p, i, chosen) - any;
      questions.add(
          new FusingFigures(
              mark(p[i][i], right[i]),
              mark(additive[i], right[i]),
              besideAnyPicture(i),
              besideAnyText(i),
              byPlace[right[i]],
              Math.abs(text),
              Math.abs(picture),
              Math.abs(p[i][i][chosen] - any - text - picture)));
    }
    return questions;
  }

  /**
   * The least-squares projection of the log probabilities on sums of a function of the text and one
   * of the picture (Hessel and Lee 2020, algorithm 1), for each text beside its own picture. Log
   * probabilities do as well as logits: they differ by what is the same for all options.
   */
  private double[][] additive() {
    double[][][] logs = new double[n][n][options];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < options; k++) {
          logs[i][j][k] = Math.log(Math.max(LEAST, p[i][j][k]));
        }
      }
    }
    double[][] sums = new double[n][options];
    for (int k = 0; k < options; k++) {
      double all = meanOverBoth(logs, k);
      for (int i = 0; i < n; i++) {
        sums[i][k] = meanOverPictures(logs, i, k) + meanOverTexts(logs, i, k) - all;
      }
    }
    return sums;
  }

  private double besideAnyPicture(int text) {
    return Arrays.stream(p[text]).mapToDouble(each -> mark(each, right[text])).sum() / n;
  }

  private double besideAnyText(int picture) {
    return Arrays.stream(p).mapToDouble(row -> mark(row[picture], right[picture])).sum() / n;
  }

  /** By option: how often it is chosen, whatever is read and seen. */
  private double[] averageMarksOfChoices() {
    double[] share = new double[options];
    for (int k = 0; k < options; k++) {
      for (double[][] row : p) {
        for (double[] answer : row) {
          share[k] += mark(answer, k) / n / n;
        }
      }
    }
    return share;
  }

  /** 1 if the option has the highest score; of several that have it, each its share. */
  private static double mark(double[] scores, int option) {
    double highest = Arrays.stream(scores).max().orElseThrow() - ROUNDING;
    long best = Arrays.stream(scores).filter(score -> score >= highest).count();
    return scores[option] >= highest ? 1.0 / best : 0;
  }

  private static int first(double[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      best = scores[k] > scores[best] ? k : best;
    }
    return best;
  }

  private double meanOverPictures(double[][][] values, int text, int option) {
    return Arrays.stream(values[text]).mapToDouble(answer -> answer[option]).sum() / n;
  }

  private double meanOverTexts(double[][][] values, int picture, int option) {
    return Arrays.stream(values).mapToDouble(row -> row[picture][option]).sum() / n;
  }

  private double meanOverBoth(double[][][] values, int option) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += meanOverPictures(values, i, option);
    }
    return sum / n;
  }
}

package dev.fusebox.results.table;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Spread;
import java.util.List;
import java.util.Optional;

/** What stands at one place of a table. It knows its values; the renderers only lay it out. */
public sealed interface Cell {

  /** As people read it. */
  String text();

  /** As a program reads it: one field for each heading of the column's {@link Column#fields()}. */
  List<String> fields();

  /** What a sortable table sorts by: a number where there is one. */
  default double order() {
    return Double.NaN;
  }

  /** Nothing to say. */
  record Empty() implements Cell {
    @Override
    public String text() {
      return "";
    }

    @Override
    public List<String> fields() {
      return List.of();
    }
  }

  /** Words. */
  record Words(String text) implements Cell {
    @Override
    public List<String> fields() {
      return List.of(text);
    }
  }

  /** A whole number. */
  record Count(int value) implements Cell {
    @Override
    public String text() {
      return Integer.toString(value);
    }

    @Override
    public List<String> fields() {
      return List.of(text());
    }

    @Override
    public double order() {
      return value;
    }
  }

  /** A number with so many decimals; NaN is a dash. */
  record Score(double value, int decimals) implements Cell {
    @Override
    public String text() {
      return Numbers.fixed(value, decimals);
    }

    @Override
    public List<String> fields() {
      return List.of(Numbers.fixed(value, decimals + 2));
    }

    @Override
    public double order() {
      return value;
    }
  }

  /** Mean ± standard deviation over seeds; with one seed there is no deviation to show. */
  record Averaged(Spread spread, int decimals) implements Cell {
    @Override
    public String text() {
      String mean = Numbers.fixed(spread.mean(), decimals);
      return spread.seeds() == 1 ? mean : mean + " ± " + Numbers.fixed(spread.sd(), decimals);
    }

    @Override
    public List<String> fields() {
      return List.of(
          Numbers.fixed(spread.mean(), decimals + 2),
          spread.seeds() == 1 ? "" : Numbers.fixed(spread.sd(), decimals + 2),
          Integer.toString(spread.seeds()));
    }

    @Override
    public double order() {
      return spread.mean();
    }
  }

  /** From low to high. */
  record Range(Interval interval, int decimals, boolean signed) implements Cell {
    @Override
    public String text() {
      return signed
          ? "[" + end(interval.low()) + ", " + end(interval.high()) + "]"
          : end(interval.low()) + "–" + end(interval.high());
    }

    @Override
    public List<String> fields() {
      return List.of(
          Numbers.fixed(interval.low(), decimals + 2),
          Numbers.fixed(interval.high(), decimals + 2));
    }

    @Override
    public double order() {
      return interval.low();
    }

    private String end(double value) {
      return signed ? Numbers.signed(value, decimals) : Numbers.fixed(value, decimals);
    }
  }

  /** A value in its interval; a dash where there is no value. */
  record Estimate(double value, Optional<Interval> interval, int decimals) implements Cell {
    @Override
    public String text() {
      String ends =
          interval
              .map(range -> " [" + end(range.low()) + ", " + end(range.high()) + "]")
              .orElse("");
      return end(value) + ends;
    }

    @Override
    public List<String> fields() {
      return List.of(
          Numbers.fixed(value, decimals + 2),
          interval.map(range -> Numbers.fixed(range.low(), decimals + 2)).orElse(""),
          interval.map(range -> Numbers.fixed(range.high(), decimals + 2)).orElse(""));
    }

    @Override
    public double order() {
      return value;
    }

    private String end(double number) {
      return Numbers.fixed(number, decimals).replaceFirst("^-(?=0\\.?0*$)", "");
    }
  }

  /** So many points more or less. */
  record Points(double points, int decimals) implements Cell {
    @Override
    public String text() {
      return Numbers.signed(points, decimals);
    }

    @Override
    public List<String> fields() {
      return List.of(Numbers.fixed(points, decimals + 2));
    }

    @Override
    public double order() {
      return points;
    }
  }

  /** So many points more or less than a control. */
  record Difference(double points, String control, int decimals) implements Cell {
    @Override
    public String text() {
      return Numbers.signed(points, decimals) + " vs " + control;
    }

    @Override
    public List<String> fields() {
      return List.of(Numbers.fixed(points, decimals + 2), control);
    }

    @Override
    public double order() {
      return points;
    }
  }

  /** A p-value. */
  record Probability(double p) implements Cell {
    @Override
    public String text() {
      return Numbers.p(p);
    }

    @Override
    public List<String> fields() {
      return List.of(Double.toString(p));
    }

    @Override
    public double order() {
      return p;
    }
  }
}

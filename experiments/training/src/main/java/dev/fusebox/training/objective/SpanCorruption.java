package dev.fusebox.training.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * T5's own objective: spans of the text are replaced by sentinels, and the target spells them out,
 * each after its sentinel, with a last sentinel at the end. Raffel et al. 2020, section 3.1.4: 15 %
 * of the tokens, spans of 3 on average.
 *
 * @param texts as token ids without end mark; those shorter than two tokens are left out
 * @param density share of the tokens that are taken out
 * @param spanLength mean length of a span
 * @param longest texts are cut to this many tokens before they are corrupted
 */
public record SpanCorruption(
    List<List<Integer>> texts, double density, double spanLength, int longest, Tokens tokens)
    implements PretrainingObjective {

  public SpanCorruption {
    texts = texts.stream().filter(text -> text.size() >= 2).map(List::copyOf).toList();
    require(!texts.isEmpty(), "no text has two tokens");
    require(density > 0 && density < 1, "density must be between 0 and 1, found " + density);
    require(spanLength >= 1, "spanLength must be at least 1, found " + spanLength);
    require(longest >= 2, "longest must be at least 2, found " + longest);
  }

  /** As in the paper: 15 %, 3 tokens a span. */
  public SpanCorruption(List<List<Integer>> texts, int longest, Tokens tokens) {
    this(texts, 0.15, 3, longest, tokens);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  @Override
  public PretrainingExample practice(SplittableRandom random) {
    return of(texts.get(random.nextInt(texts.size())), random);
  }

  /** Of a text of at least two tokens, which is cut to the longest. */
  PretrainingExample of(List<Integer> text, SplittableRandom random) {
    return corrupt(text.subList(0, Math.min(longest, text.size())), random);
  }

  /** Kept and removed stretches take turns; the first is kept, the last removed. */
  private PretrainingExample corrupt(List<Integer> text, SplittableRandom random) {
    int removed = removed(text.size());
    int spans = spans(text.size());
    List<Integer> gone = partition(removed, spans, random);
    List<Integer> kept = partition(text.size() - removed, spans, random);
    List<Integer> source = new ArrayList<>();
    List<Integer> target = new ArrayList<>();
    int at = 0;
    for (int span = 0; span < spans; span++) {
      source.addAll(text.subList(at, at += kept.get(span)));
      source.add(tokens.sentinel(span));
      target.add(tokens.sentinel(span));
      target.addAll(text.subList(at, at += gone.get(span)));
    }
    target.add(tokens.sentinel(spans));
    source.add(tokens.end());
    target.add(tokens.end());
    return new PretrainingExample(source, target);
  }

  /** How many tokens of a text of this length are taken out; at least one stays. */
  int removed(int length) {
    return Math.max(1, Math.min(length - 1, (int) Math.round(length * density)));
  }

  /** In how many spans they are; every span is preceded by a token that stays. */
  int spans(int length) {
    int wanted = Math.max(1, (int) Math.round(removed(length) / spanLength));
    return Math.min(wanted, length - removed(length));
  }

  /** Cuts a number into parts of at least one, every way of cutting equally likely. */
  static List<Integer> partition(int total, int parts, SplittableRandom random) {
    List<Integer> sizes = new ArrayList<>();
    int cuts = parts - 1;
    int size = 1;
    for (int gaps = total - 1; gaps > 0; gaps--) {
      if (random.nextInt(gaps) < cuts) {
        sizes.add(size);
        size = 0;
        cuts--;
      }
      size++;
    }
    sizes.add(size);
    return sizes;
  }
}

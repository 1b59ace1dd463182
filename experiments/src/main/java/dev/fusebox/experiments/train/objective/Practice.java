package dev.fusebox.experiments.train.objective;

import java.util.List;

/**
 * What is read and what should be written, as token ids, each with the end mark.
 *
 * @param source token ids
 * @param target token ids
 */
public record Practice(List<Integer> source, List<Integer> target) {

  public Practice {
    source = List.copyOf(source);
    target = List.copyOf(target);
  }
}

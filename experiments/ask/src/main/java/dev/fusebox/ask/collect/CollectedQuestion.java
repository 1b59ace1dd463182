package dev.fusebox.ask.collect;

import dev.fusebox.ask.Asking;
import java.util.List;

/**
 * A question that was kept, to be asked again.
 *
 * @param id in the folder it was kept in
 * @param changes what was changed, see {@link Change#label}
 * @param asking the same as it was asked then
 */
public record CollectedQuestion(String id, List<String> changes, Asking asking) {

  public CollectedQuestion {
    changes = List.copyOf(changes);
  }
}

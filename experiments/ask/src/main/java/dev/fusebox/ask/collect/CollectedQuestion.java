package dev.fusebox.ask.collect;

import dev.fusebox.ask.Asking;

/**
 * A question that was kept, to be asked again.
 *
 * @param id in the folder it was kept in
 * @param asking the same as it was asked then
 */
public record CollectedQuestion(String id, Asking asking) {}

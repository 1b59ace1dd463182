package dev.fusebox.questions;

/** {@code data.splits}: which list of {@code pid_splits.json} plays which part. */
public record SplitNames(String train, String validation, String test) {}

package dev.fusebox.results.report;

import dev.fusebox.results.score.Power;

/**
 * What difference between two variants their questions can show.
 *
 * @param variant the variant
 * @param control what it is compared with
 * @param power over all questions
 */
record PairPower(String variant, String control, Power power) {}

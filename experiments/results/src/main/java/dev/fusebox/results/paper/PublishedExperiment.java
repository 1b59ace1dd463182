package dev.fusebox.results.paper;

import java.util.List;
import java.util.Map;

/**
 * What an experiment under {@code configs/paper} answers to.
 *
 * @param tables the ids of the published tables it is about
 * @param protocol of all its variants, where one does not say otherwise
 * @param cells by variant; one that was not published has none
 */
record PublishedExperiment(List<String> tables, Protocol protocol, Map<String, Counterpart> cells) {

  /**
   * The published number of a variant.
   *
   * @param column of the accuracy over all questions
   */
  record Counterpart(
      String table, String row, String column, String backbone, String features, String captions) {

    /** How the number came about; words that are not known are empty. */
    Protocol protocol(Protocol usual) {
      Protocol own = new Protocol(backbone, features, captions);
      return new Protocol(
          either(own.backbone(), usual.backbone()),
          either(own.features(), usual.features()),
          either(own.captions(), usual.captions()));
    }

    private static String either(String own, String usual) {
      return own.isEmpty() ? usual : own;
    }
  }
}

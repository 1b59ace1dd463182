package dev.fusebox.t5.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BannedTokensTest {

  private static Sentence sentence(int... tokens) {
    Sentence sentence = Sentence.start(0, 0);
    for (int token : tokens) {
      sentence = sentence.with(token, 0);
    }
    return sentence;
  }

  @Test
  void theEndMayNotComeTooEarly() {
    BannedTokens bannedTokens = new BannedTokens(100, 1, 2, 0);
    assertThat(bannedTokens.tokens(sentence())).containsExactly(1);
    assertThat(bannedTokens.tokens(sentence(5))).containsExactly(1);
    assertThat(bannedTokens.tokens(sentence(5, 6))).isEmpty();
  }

  @Test
  void whatFollowedTheSameTokensBeforeMayNotFollowAgain() {
    BannedTokens trigrams = new BannedTokens(100, 1, 0, 3);
    assertThat(trigrams.tokens(sentence(5, 6, 7, 5, 6))).containsExactly(7);
    assertThat(trigrams.tokens(sentence(5, 6, 7, 5, 6, 8, 5, 6))).containsExactly(7, 8);
    assertThat(trigrams.tokens(sentence(5))).isEmpty();
  }

  @Test
  void theStartTokenCounts() {
    assertThat(new BannedTokens(100, 1, 0, 2).tokens(sentence(4, 0))).containsExactly(4);
  }

  @Test
  void ngramsOfOneForbidEveryTokenSoFar() {
    assertThat(new BannedTokens(100, 1, 0, 1).tokens(sentence(4, 9))).containsExactly(0, 4, 9);
  }

  @Test
  void placesCountThroughTheRows() {
    BannedTokens bannedTokens = new BannedTokens(100, 1, 1, 0);
    assertThat(bannedTokens.places(List.of(sentence(), sentence(7), sentence())))
        .containsExactly(1, 201);
  }
}

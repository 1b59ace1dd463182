package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The words of a config stand in people's files and in the keys of results. */
class TypeNameTest {

  private sealed interface Decay permits CosineDecay, WarmThenFlat, Polynomial2Decay {}

  private record CosineDecay() implements Decay {}

  private record WarmThenFlat() implements Decay {}

  private record Polynomial2Decay() implements Decay {}

  @ChosenBy("unit")
  private sealed interface Length permits Steps {}

  private record Steps() implements Length {}

  private record Alone() {}

  @Test
  void recordsAreNamedInKebabCaseWithoutTheirInterface() {
    assertThat(TypeName.all(Decay.class).keySet())
        .containsExactly("cosine", "warm-then-flat", "polynomial2");
    assertThat(TypeName.all(Decay.class)).containsEntry("warm-then-flat", WarmThenFlat.class);
    assertThat(TypeName.of(WarmThenFlat.class)).contains("warm-then-flat");
    assertThat(TypeName.of(Alone.class)).isEmpty();
    assertThat(TypeName.kebab("TeacherForced")).isEqualTo("teacher-forced");
  }

  @Test
  void theKeyThatChoosesIsTypeUnlessTheInterfaceSaysAnother() {
    assertThat(TypeName.key(Decay.class)).isEqualTo("type");
    assertThat(TypeName.key(Length.class)).isEqualTo("unit");
  }
}

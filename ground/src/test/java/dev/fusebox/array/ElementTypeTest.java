package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ElementTypeTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsNames(ElementType type) {
    assertThat(ElementType.named(type.name())).contains(type);
    if (type != ElementType.BF16) {
      assertThat(ElementType.ofNpy(type.npy())).contains(type);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<", "f4", "|f4", "<u1", "<f3", "<f44", "<V2", "["})
  void otherDescriptorsAreNone(String descriptor) {
    assertThat(ElementType.ofNpy(descriptor)).isEmpty();
  }

  /** 1 in the bytes of every type, either byte order, is 1. */
  @ParameterizedTest
  @EnumSource
  void readsOne(ElementType type) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      ByteBuffer bytes = ByteBuffer.allocate(type.bytes()).order(order);
      if (type.floating()) {
        type.encode(FloatBuffer.wrap(new float[] {1}), bytes);
      } else {
        bytes.put(order == ByteOrder.LITTLE_ENDIAN ? 0 : type.bytes() - 1, (byte) 1);
      }
      FloatBuffer number = FloatBuffer.allocate(1);
      type.decode(bytes.clear(), number);
      assertThat(number.get(0)).as("%s", order).isEqualTo(1);
    }
  }

  @Test
  void wholeNumbersAndFractionsAreNotMixedUp() {
    ByteBuffer bytes = ByteBuffer.allocate(8);
    assertThatThrownBy(() -> ElementType.F32.decodeWhole(bytes))
        .hasMessage("F32 is not a whole-number type");
    assertThatThrownBy(() -> ElementType.I32.encode(FloatBuffer.allocate(1), bytes))
        .hasMessage("I32 is not a floating type");
  }
}

package dev.fusebox.t5.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models of a few pieces, written by hand, with one setting other than T5's. */
@Timeout(20)
final class SentencePieceFlagsTest {

  private static final int NORMAL = 1;
  private static final int CONTROL = 3;

  @TempDir private Path directory;

  /** Writes fields of a protocol buffer. */
  private static final class Proto {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Proto number(int field, long value) {
      varint((long) field << 3);
      return varint(value);
    }

    Proto real(int field, float value) {
      varint((long) field << 3 | 5);
      bytes.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
      return this;
    }

    Proto content(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    Proto message(int field, Consumer<Proto> fill) {
      Proto inner = new Proto();
      fill.accept(inner);
      return content(field, inner.bytes.toByteArray());
    }

    Proto piece(String text, float score, int kind) {
      byte[] name = text.getBytes(StandardCharsets.UTF_8);
      return message(1, piece -> piece.content(1, name).real(2, score).number(3, kind));
    }

    private Proto varint(long value) {
      long rest = value;
      for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
        bytes.write((int) ((rest & 0x7f) | 0x80));
      }
      bytes.write((int) rest);
      return this;
    }
  }

  private static Proto start() {
    return new Proto().piece("<pad>", 0, CONTROL).piece("</s>", 0, CONTROL).piece("<unk>", 0, 2);
  }

  /** Ids 3 ▁, 4 a, 5 ▁a, 6 b. */
  private static Proto small() {
    return start()
        .piece("▁", -2, NORMAL)
        .piece("a", -2, NORMAL)
        .piece("▁a", -1, NORMAL)
        .piece("b", -3, NORMAL);
  }

  private Path write(Proto model) throws IOException {
    return Files.write(directory.resolve("spiece.model"), model.bytes.toByteArray());
  }

  private Tokenizer open(Proto model) throws IOException {
    return Tokenizers.open(write(model));
  }

  @Test
  void t5sOwnFlags() throws IOException {
    Tokenizer tokenizer = open(small());
    assertThat(tokenizer.encode("a  ba")).containsExactly(5, 3, 6, 4, 1);
    assertThat(tokenizer.decode(5, 3, 6, 4, 1)).isEqualTo("a ba");
  }

  @Test
  void withoutADummyPrefixATextBeginsAsItIs() throws IOException {
    Tokenizer tokenizer = open(small().message(3, normalizer -> normalizer.number(3, 0)));
    assertThat(tokenizer.encode("a a")).containsExactly(4, 5, 1);
    assertThat(tokenizer.encode(" a")).containsExactly(4, 1);
    assertThat(tokenizer.decode(5, 6)).isEqualTo(" ab");
  }

  @Test
  void spacesMayStay() throws IOException {
    Tokenizer tokenizer = open(small().message(3, normalizer -> normalizer.number(4, 0)));
    assertThat(tokenizer.encode(" a  b ")).containsExactly(3, 5, 3, 3, 6, 3, 1);
  }

  @Test
  void whatNoPieceSpellsIsSpelledInBytes() throws IOException {
    Proto model = small();
    for (int value = 0; value < 256; value++) {
      model.piece("<0x%02X>".formatted(value), 0, 6);
    }
    Tokenizer tokenizer = open(model.message(2, trainer -> trainer.number(35, 1)));
    assertThat(tokenizer.encode("aé👍"))
        .containsExactly(5, 7 + 0xc3, 7 + 0xa9, 7 + 0xf0, 7 + 0x9f, 7 + 0x91, 7 + 0x8d, 1);
    assertThat(tokenizer.decode(tokenizer.encode("aé👍 b"))).isEqualTo("aé👍 b");
    // a text that spells a byte's piece is a text
    assertThat(tokenizer.encode("<0x41>")).hasSize("▁<0x41>".length() + 1);
    assertThat(tokenizer.decode(7 + 0xf0, 6)).isEqualTo("\ufffdb");
  }

  @Test
  void aByteWithoutAPieceIsTold() throws IOException {
    Path file = write(small().message(2, trainer -> trainer.number(35, 1)));
    assertThatThrownBy(() -> Tokenizers.open(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": byte_fallback is set, but there is no piece <0x00>");
  }

  @Test
  void unusedAndControlPiecesSpellNothing() throws IOException {
    Tokenizer tokenizer = open(small().piece("▁ab", 0, 5).piece("ba", 0, CONTROL));
    assertThat(tokenizer.encode("ab ba")).containsExactly(5, 6, 3, 6, 4, 1);
  }

  @Test
  void aPieceMayCrossASpace() throws IOException {
    Tokenizer tokenizer = open(small().piece("a▁b", 0, NORMAL));
    assertThat(tokenizer.encode("a b")).containsExactly(3, 7, 1);
  }

  @Test
  void whatIsNotObeyedIsRefusedByItsName() throws IOException {
    refused(
        small().message(2, trainer -> trainer.number(3, 2)),
        "model_type must be UNIGRAM, found BPE");
    refused(
        small().message(2, trainer -> trainer.number(24, 1)),
        "treat_whitespace_as_suffix must be false, found true");
    refused(small().message(2, trainer -> trainer.number(40, 0)), "unk_id must be 2, found 0");
    refused(small().message(2, trainer -> trainer.number(42, 2)), "eos_id must be 1, found 2");
    refused(small().message(2, trainer -> trainer.number(43, -1)), "pad_id must be 0, found -1");
    refused(
        small().message(2, trainer -> trainer.content(45, bytes("[UNK]"))),
        "unk_piece must be '<unk>', found '[UNK]'");
    refused(
        small().message(2, trainer -> trainer.content(47, bytes("<eos>"))),
        "eos_piece must be '</s>', found '<eos>'");
    refused(
        small().message(2, trainer -> trainer.content(48, bytes("<p>"))),
        "pad_piece must be '<pad>', found '<p>'");
    refused(
        small().message(3, normalizer -> normalizer.number(5, 0)),
        "escape_whitespaces must be true, found false");
    refused(
        small().message(5, denormalizer -> denormalizer.content(2, new byte[8])),
        "denormalizer_spec must have no precompiled_charsmap, found one of 8 bytes");
    refused(small().piece("<x>", 0, 4), "user_defined_symbols are not read, found '<x>' (piece 7)");
    refused(
        small().piece("c", Float.NaN, NORMAL), "the score of piece 7 must be finite, found NaN");
    refused(small().piece("", 0, NORMAL), "piece 7 has 0 characters;");
    refused(small().piece("x".repeat(1000), 0, NORMAL), "piece 7 has 1000 characters;");
  }

  /** As in transformers, which drops the unknown token, and adds no token to a text's start. */
  @Test
  void whatIsNeverWrittenMayBeCalledAnything() throws IOException {
    Proto model =
        small()
            .message(
                2,
                trainer ->
                    trainer
                        .number(40, 2)
                        .number(41, -1)
                        .number(42, 1)
                        .number(43, 0)
                        .content(44, bytes("??"))
                        .content(45, bytes("<unk>"))
                        .content(46, bytes("<s>"))
                        .content(47, bytes("</s>"))
                        .content(48, bytes("<pad>")));
    Tokenizer tokenizer = open(model);
    assertThat(tokenizer.encode("axb")).containsExactly(5, 2, 6, 1);
    assertThat(tokenizer.decode(5, 2, 6, 1)).isEqualTo("ab");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aMapThatAnnouncesMoreThanThereIsTakesNoMemory() throws IOException {
    for (byte[] map :
        new byte[][] {{1}, {-1, -1, -1, 127, 0}, {-4, -1, -1, -1, 0}, {4, 0, 0, 0, 0, 1, 0, 0}}) {
      refused(small().message(3, normalizer -> normalizer.content(2, map)), "precompiled_charsmap");
    }
  }

  private void refused(Proto model, String message) throws IOException {
    Path file = write(model);
    assertThatThrownBy(() -> Tokenizers.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": not a SentencePiece model as T5 has: " + message);
  }

  @Test
  void pipesAndDevicesAreNotOpened() {
    assertThatThrownBy(() -> Tokenizers.open(Path.of("/dev/zero")))
        .hasMessageStartingWith("/dev/zero: not a regular file");
  }
}

package dev.fusebox.array;

import static dev.fusebox.array.TorchArchives.pickle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.FileFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PickleTest {

  private static final Path FILE = Path.of("model.bin");

  /**
   * {@code pickle.dumps({'a': [1, -3, 300, 70000, 2**40, 2.5, True, False, None, 'texté'], 'b': (1,
   * 2, 3, 4), 'c': (), 'd': {'e': (1,), 'f': (1, 2), 'g': []}}, protocol)}, protocols 0 to 5.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "KGRwMApWYQpwMQoobHAyCkkxCmFJLTMKYUkzMDAKYUk3MDAwMAphTDEwOTk1MTE2Mjc3NzZMCmFGMi41CmFJMDEKYUkw"
            + "MAphTmFWdGV4dOkKcDMKYXNWYgpwNAooSTEKSTIKSTMKSTQKdHA1CnNWYwpwNgoodHNWZApwNwooZHA4ClZl"
            + "CnA5CihJMQp0cDEwCnNWZgpwMTEKKEkxCkkyCnRwMTIKc1ZnCnAxMwoobHAxNApzcy4=",
        "fXEAKFgBAAAAYXEBXXECKEsBSv3///9NLAFKcBEBAEwxMDk5NTExNjI3Nzc2TApHQAQAAAAAAABJMDEKSTAwCk5YBgAA"
            + "AHRleHTDqXEDZVgBAAAAYnEEKEsBSwJLA0sEdHEFWAEAAABjcQYpWAEAAABkcQd9cQgoWAEAAABlcQkoSwF0"
            + "cQpYAQAAAGZxCyhLAUsCdHEMWAEAAABncQ1dcQ51dS4=",
        "gAJ9cQAoWAEAAABhcQFdcQIoSwFK/f///00sAUpwEQEAigYAAAAAAAFHQAQAAAAAAACIiU5YBgAAAHRleHTDqXEDZVgB"
            + "AAAAYnEEKEsBSwJLA0sEdHEFWAEAAABjcQYpWAEAAABkcQd9cQgoWAEAAABlcQlLAYVxClgBAAAAZnELSwFL"
            + "AoZxDFgBAAAAZ3ENXXEOdXUu",
        "gAN9cQAoWAEAAABhcQFdcQIoSwFK/f///00sAUpwEQEAigYAAAAAAAFHQAQAAAAAAACIiU5YBgAAAHRleHTDqXEDZVgB"
            + "AAAAYnEEKEsBSwJLA0sEdHEFWAEAAABjcQYpWAEAAABkcQd9cQgoWAEAAABlcQlLAYVxClgBAAAAZnELSwFL"
            + "AoZxDFgBAAAAZ3ENXXEOdXUu",
        "gASVbQAAAAAAAAB9lCiMAWGUXZQoSwFK/f///00sAUpwEQEAigYAAAAAAAFHQAQAAAAAAACIiU6MBnRleHTDqZRljAFi"
            + "lChLAUsCSwNLBHSUjAFjlCmMAWSUfZQojAFllEsBhZSMAWaUSwFLAoaUjAFnlF2UdXUu",
        "gAWVbQAAAAAAAAB9lCiMAWGUXZQoSwFK/f///00sAUpwEQEAigYAAAAAAAFHQAQAAAAAAACIiU6MBnRleHTDqZRljAFi"
            + "lChLAUsCSwNLBHSUjAFjlCmMAWSUfZQojAFllEsBhZSMAWaUSwFLAoaUjAFnlF2UdXUu"
      })
  void readsPlainDataOfEveryProtocol(String base64) throws IOException {
    Map<Object, Object> wanted = new LinkedHashMap<>();
    wanted.put(
        "a", Arrays.asList(1L, -3L, 300L, 70000L, 1L << 40, 2.5, true, false, null, "texté"));
    wanted.put("b", List.of(1L, 2L, 3L, 4L));
    wanted.put("c", List.of());
    wanted.put("d", Map.of("e", List.of(1L), "f", List.of(1L, 2L), "g", List.of()));
    assertThat(Pickle.read(FILE, Base64.getDecoder().decode(base64))).isEqualTo(wanted);
  }

  @Test
  void aRefusalNamesFileAndWhatWasAskedFor() {
    assertThatThrownBy(() -> Pickle.read(FILE, pickle("cos\nsystem\n(S'true'\ntR.")))
        .isInstanceOf(FileFormatException.class)
        .hasMessage(
            "model.bin: refused: its pickle asks for os.system, and a tensor file needs no more than collections.OrderedDict, torch._utils._rebuild_tensor_v2,"
                + " torch._utils._rebuild_parameter and torch's storage types. It may be meant to"
                + " run code. If you trust it, load it in Python and save only the state dict, preferably as safetensors");
  }

  /** Pickles that would run code, or make objects, in Python; by protocol. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          0 call       | cposix;system;(S'true';tR.                                       | posix.system
          0 INST       | (S'true';ios;system;.                                            | an object of os.system
          0 Python 2   | c__builtin__;eval;(S'1';tR.                                      | __builtin__.eval
          0 PERSID     | Pwhatever;.                                                      | the instruction PERSID
          1 OBJ        | (csubprocess;Popen;U\\x04trueo.                                  | subprocess.Popen
          1 OBJ dict   | (ccollections;OrderedDict;o.                                     | the instruction OBJ
          1 nested     | }(U\\x01a](K\\x01cos;popen;(U\\x04truetReu.                      | os.popen
          2 call       | \\x80\\x02cbuiltins;exec;(X\\x04\\x00\\x00\\x00passtR.           | builtins.exec
          2 NEWOBJ     | \\x80\\x02ccollections;OrderedDict;)\\x81.                       | the instruction NEWOBJ
          2 copyreg    | \\x80\\x02ccopy_reg;_reconstructor;(c__builtin__;object;NtR.     | copy_reg._reconstructor
          2 EXT1       | \\x80\\x02\\x82\\x01.                                            | the instruction EXT1
          2 EXT2       | \\x80\\x02\\x83\\x01\\x00.                                       | the instruction EXT2
          2 EXT4       | \\x80\\x02\\x84\\x01\\x00\\x00\\x00.                             | the instruction EXT4
          2 bytes      | \\x80\\x02ctorch.storage;_load_from_bytes;(U\\x01.tR.            | torch.storage._load_from_bytes
          2 load       | \\x80\\x02ctorch.serialization;load;(U\\x01xtR.                  | torch.serialization.load
          2 hub        | \\x80\\x02ctorch.hub;load;.                                      | torch.hub.load
          2 first form | \\x80\\x02ctorch._utils;_rebuild_tensor;.                        | torch._utils._rebuild_tensor
          2 class      | \\x80\\x02ctorch;FloatStorage;)R.                                | a call of something that is not a function (REDUCE)
          2 BUILD      | \\x80\\x02ctorch;FloatStorage;}b.                                | attributes on something that is not a dict (BUILD)
          2 hook       | \\x80\\x02}U\\x01h(cbuiltins;getattr;U\\x01ttRs.                 | builtins.getattr
          3 call       | \\x80\\x03cruntimepy;run;.                                       | runtimepy.run
          3 numpy      | \\x80\\x03cnumpy.core.multiarray;_reconstruct;.                  | numpy.core.multiarray._reconstruct
          3 outside    | \\x80\\x03(U\\x06modulectorch;FloatStorage;tQ.                   | an outside object 'module'
          4 call       | \\x80\\x04\\x95\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x8c\\x05posix\\x94\\x8c\\x06system\\x93\\x94. | posix.system
          4 dotted     | \\x80\\x04\\x8c\\x0bcollections\\x8c\\x14OrderedDict.__init__\\x93. | collections.OrderedDict.__init__
          4 NEWOBJ_EX  | \\x80\\x04ccollections;OrderedDict;)}\\x92.                      | the instruction NEWOBJ_EX
          4 pickle     | \\x80\\x04\\x8c\\x07_pickle\\x8c\\x05loads\\x93.                 | _pickle.loads
          4 set        | \\x80\\x04\\x8f.                                                 | the instruction EMPTY_SET
          5 buffer     | \\x80\\x05\\x97.                                                 | the instruction NEXT_BUFFER
          5 bytearray  | \\x80\\x05\\x96\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00.         | the instruction BYTEARRAY8
          5 call       | \\x80\\x05\\x8c\\x08builtins\\x8c\\x0a__import__\\x93\\x8c\\x02os\\x85R. | builtins.__import__
          5 nested     | \\x80\\x05}\\x8c\\x01a}\\x8c\\x01b]\\x8c\\x03pty\\x8c\\x05spawn\\x93\\x8c\\x02sh\\x85Rass. | pty.spawn
          """)
  void refusesEverythingThatCouldRunCode(String what, String program, String named) {
    byte[] pickle = pickle(program.replace(';', '\n'));
    assertThatThrownBy(() -> Pickle.read(FILE, pickle))
        .as(what)
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith("model.bin: refused: its pickle asks for " + named + ", and");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          }                                     | its pickle is damaged at byte 1
          a.                                    | its pickle is damaged at byte 0 (APPEND)
          ]t.                                   | its pickle is damaged at byte 1 (TUPLE)
          h\\x05.                               | its pickle is damaged at byte 0 (BINGET)
          X\\xff\\xff\\x00\\x00abc.             | its pickle is damaged at byte 0 (BINUNICODE)
          \\x8e\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff. | its pickle is damaged at byte 0 (BINBYTES8)
          \\x8a\\x09\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f. | its pickle is damaged at byte 0 (LONG1)
          Ix;.                                  | its pickle is damaged at byte 0 (INT)
          }]K\\x01s.                            | its pickle is damaged at byte 4 (SETITEM)
          )K\\x01a.                             | its pickle is damaged at byte 3 (APPEND)
          ctorch._utils;_rebuild_tensor_v2;)R.  | its pickle is damaged at byte 34 (REDUCE)
          ctorch._utils;_rebuild_tensor_v2;(K\\x01K\\x01K\\x01K\\x01tR. | its pickle is damaged at byte 43 (REDUCE)
          \\xfe.                                | its pickle has an unknown instruction 0xfe
          """)
  void saysWhereAPickleIsDamaged(String program, String problem) {
    byte[] pickle = pickle(program.replace(';', '\n'));
    assertThatThrownBy(() -> Pickle.read(FILE, pickle))
        .isInstanceOf(FileFormatException.class)
        .hasMessage("model.bin: " + problem);
  }

  @Test
  void doesNotRunForever() {
    byte[] pickle = new byte[2_000_000];
    Arrays.fill(pickle, (byte) ')');
    assertThatThrownBy(() -> Pickle.read(FILE, pickle))
        .hasMessage("model.bin: its pickle has more than 1000000 instructions");
  }
}

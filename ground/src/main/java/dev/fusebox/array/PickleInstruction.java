package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One instruction of the pickle machine, protocols 0 to 5. Names are those of Python's {@code
 * pickletools}.
 */
record PickleInstruction(String name, Action action) {

  /** What an instruction does. */
  @FunctionalInterface
  interface Action {
    void run(Pickle machine) throws FileFormatException;
  }

  private static final Map<Integer, PickleInstruction> BY_CODE = new TreeMap<>();

  static {
    define(0x80, "PROTO", m -> m.unsignedByte());
    define(0x95, "FRAME", m -> m.signedLong());
    define('.', "STOP", Pickle::stop);

    define('N', "NONE", m -> m.push(null));
    define(0x88, "NEWTRUE", m -> m.push(true));
    define(0x89, "NEWFALSE", m -> m.push(false));
    define('I', "INT", m -> m.push(whole(m.line())));
    define('L', "LONG", m -> m.push(Long.parseLong(m.line().replaceFirst("L$", ""))));
    define('J', "BININT", m -> m.push(m.signedInt()));
    define('K', "BININT1", m -> m.push(m.unsignedByte()));
    define('M', "BININT2", m -> m.push(m.unsignedShort()));
    define(0x8a, "LONG1", m -> m.push(m.number(m.unsignedByte())));
    define(0x8b, "LONG4", m -> m.push(m.number(m.signedInt())));
    define('F', "FLOAT", m -> m.push(Double.parseDouble(m.line())));
    define('G', "BINFLOAT", m -> m.push(m.bigEndianDouble()));

    define('S', "STRING", m -> m.push(quoted(m.line())));
    define('T', "BINSTRING", m -> m.push(m.text(m.signedInt())));
    define('U', "SHORT_BINSTRING", m -> m.push(m.text(m.unsignedByte())));
    define('V', "UNICODE", m -> m.push(unescaped(m.line())));
    define('X', "BINUNICODE", m -> m.push(m.text(m.unsignedInt())));
    define(0x8c, "SHORT_BINUNICODE", m -> m.push(m.text(m.unsignedByte())));
    define(0x8d, "BINUNICODE8", m -> m.push(m.text(m.signedLong())));
    define('B', "BINBYTES", m -> m.push(m.bytes(m.unsignedInt())));
    define('C', "SHORT_BINBYTES", m -> m.push(m.bytes(m.unsignedByte())));
    define(0x8e, "BINBYTES8", m -> m.push(m.bytes(m.signedLong())));

    define('(', "MARK", Pickle::mark);
    define('0', "POP", Pickle::pop);
    define('1', "POP_MARK", Pickle::popToMark);
    define('2', "DUP", m -> m.push(m.top()));
    define(')', "EMPTY_TUPLE", m -> m.push(List.of()));
    define('t', "TUPLE", m -> m.push(Pickle.tuple(m.popToMark())));
    define(0x85, "TUPLE1", m -> m.push(Pickle.tuple(m.popLast(1))));
    define(0x86, "TUPLE2", m -> m.push(Pickle.tuple(m.popLast(2))));
    define(0x87, "TUPLE3", m -> m.push(Pickle.tuple(m.popLast(3))));
    define(']', "EMPTY_LIST", m -> m.push(new ArrayList<>()));
    define('l', "LIST", m -> m.push(m.popToMark()));
    define('a', "APPEND", m -> append(m, m.popLast(1)));
    define('e', "APPENDS", m -> append(m, m.popToMark()));
    define('}', "EMPTY_DICT", m -> m.push(new LinkedHashMap<>()));
    define('d', "DICT", m -> m.push(Pickle.dict(m.popToMark())));
    define('s', "SETITEM", m -> put(m, m.popLast(2)));
    define('u', "SETITEMS", m -> put(m, m.popToMark()));

    define('p', "PUT", m -> m.remember(Long.parseLong(m.line())));
    define('q', "BINPUT", m -> m.remember(m.unsignedByte()));
    define('r', "LONG_BINPUT", m -> m.remember(m.unsignedInt()));
    define(0x94, "MEMOIZE", Pickle::rememberNext);
    define('g', "GET", m -> m.recall(Long.parseLong(m.line())));
    define('h', "BINGET", m -> m.recall(m.unsignedByte()));
    define('j', "LONG_BINGET", m -> m.recall(m.unsignedInt()));

    define('c', "GLOBAL", m -> m.push(TorchConstructors.named(m, m.line(), m.line())));
    define(0x93, "STACK_GLOBAL", PickleInstruction::stackGlobal);
    define('R', "REDUCE", m -> m.push(TorchConstructors.call(m, m.popLast(2))));
    define('Q', "BINPERSID", m -> m.push(TorchConstructors.storage(m, m.pop())));
    define('b', "BUILD", PickleInstruction::build);

    define('i', "INST", m -> refuse(m, "an object of " + m.line() + "." + m.line()));
    refuse('o', "OBJ");
    refuse('P', "PERSID");
    refuse(0x81, "NEWOBJ");
    refuse(0x92, "NEWOBJ_EX");
    refuse(0x82, "EXT1");
    refuse(0x83, "EXT2");
    refuse(0x84, "EXT4");
    refuse(0x8f, "EMPTY_SET");
    refuse(0x90, "ADDITEMS");
    refuse(0x91, "FROZENSET");
    refuse(0x96, "BYTEARRAY8");
    refuse(0x97, "NEXT_BUFFER");
    refuse(0x98, "READONLY_BUFFER");
  }

  private static void define(int code, String name, Action action) {
    BY_CODE.put(code, new PickleInstruction(name, action));
  }

  private static void refuse(int code, String name) {
    define(code, name, m -> refuse(m, "the instruction " + name));
  }

  private static void refuse(Pickle machine, String what) throws FileFormatException {
    throw machine.refusal(what);
  }

  static PickleInstruction of(Pickle machine, byte code) throws FileFormatException {
    PickleInstruction instruction = BY_CODE.get(Byte.toUnsignedInt(code));
    if (instruction == null) {
      throw machine.problem(
          "its pickle has an unknown instruction 0x" + Integer.toHexString(code & 0xff));
    }
    return instruction;
  }

  void run(Pickle machine) throws FileFormatException {
    action.run(machine);
  }

  private static void stackGlobal(Pickle machine) throws FileFormatException {
    List<Object> names = machine.popLast(2);
    machine.push(TorchConstructors.named(machine, (String) names.get(0), (String) names.get(1)));
  }

  /** Sets attributes. A state dict has some ({@code _metadata}); they are of no use here. */
  private static void build(Pickle machine) throws FileFormatException {
    machine.pop();
    if (!(machine.top() instanceof Map)) {
      throw machine.refusal("attributes on something that is not a dict (BUILD)");
    }
  }

  private static void append(Pickle machine, List<Object> values) {
    Pickle.asList(machine.top()).addAll(values);
  }

  private static void put(Pickle machine, List<Object> values) {
    Pickle.putAll(Pickle.asDict(machine.top()), values);
  }

  /** Protocol 0 writes truth values as the numbers 00 and 01. */
  private static Object whole(String line) {
    return switch (line) {
      case "00" -> false;
      case "01" -> true;
      default -> Long.parseLong(line);
    };
  }

  private static String quoted(String line) {
    String inner = line.substring(1, line.length() - 1);
    if (inner.contains("\\") || line.charAt(0) != line.charAt(line.length() - 1)) {
      throw new IllegalArgumentException("escapes in a text of protocol 0");
    }
    return inner;
  }

  /** Undoes Python's raw-unicode-escape. */
  private static String unescaped(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      boolean escape = line.startsWith("\\u", i) || line.startsWith("\\U", i);
      int digits = !escape ? 0 : line.charAt(i + 1) == 'u' ? 4 : 8;
      if (escape) {
        text.appendCodePoint(Integer.parseInt(line.substring(i + 2, i + 2 + digits), 16));
        i += digits + 1;
      } else {
        text.append(line.charAt(i));
      }
    }
    return text.toString();
  }
}

// The transports a conversation is repeated over (https://core.telegram.org/mtproto/mtproto-transports).
import { TcpTransport } from '@mtcute/node';
import { IntermediatePacketCodec, ObfuscatedPacketCodec, PaddedIntermediatePacketCodec, TransportError } from '@mtcute/core';
import { read, write } from '@fuman/io';

// The client brings no abridged framing, so it is written here.
class AbridgedPacketCodec {
  tag() {
    return new Uint8Array([0xef]);
  }

  encode(frame, into) {
    const words = frame.length / 4;
    if (words < 0x7f) {
      write.uint8(into, words);
    } else {
      write.bytes(into, new Uint8Array([0x7f, words & 0xff, (words >> 8) & 0xff, words >> 16]));
    }
    write.bytes(into, frame);
  }

  decode(reader, eof) {
    if (eof || reader.available < 4) return null;
    let head = 1;
    let words = read.uint8(reader);
    if (words === 0x7f) {
      const [low, middle, high] = read.exactly(reader, 3);
      words = low | (middle << 8) | (high << 16);
      head = 4;
    }
    if (reader.available < words * 4) {
      reader.rewind(head);
      return null;
    }
    const frame = new Uint8Array(read.exactly(reader, words * 4));
    if (frame.length === 4) throw new TransportError(-new DataView(frame.buffer).getInt32(0, true));
    return frame;
  }

  reset() {}
}

const CODECS = {
  abridged: () => new AbridgedPacketCodec(),
  intermediate: () => new IntermediatePacketCodec(),
  padded: () => new PaddedIntermediatePacketCodec(),
};

class Wire extends TcpTransport {
  constructor(name, makeCodec) {
    super();
    this.name = name;
    this.packetCodec = makeCodec;
  }
}

export const wires = Object.entries(CODECS).flatMap(([name, codec]) => [
  () => new Wire(`${name}, plain`, codec),
  () => new Wire(`${name}, obfuscated`, () => new ObfuscatedPacketCodec(codec())),
]);

export const defaultWire = () => new Wire('padded, obfuscated', () => new ObfuscatedPacketCodec(CODECS.padded()));

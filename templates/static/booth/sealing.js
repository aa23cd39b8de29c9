/* What a voter's page does with numbers: a token that is blinded, a slip that is packed and sealed. The formats are those of
   rules/balloting/slips.py and bot/balloting (docs/ballots.md); libraries do the work. */

import { RSABSSA } from "../vendor/blindrsa.js";
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "../vendor/hpke.js";
import { split } from "../vendor/shamir-secret-sharing.js";

const PSS = { name: "RSA-PSS", hash: "SHA-384" };
const NUMBER = 32;
const KEY = 32;
const STEP = 64;
const OPENING = 2;
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
const blindly = RSABSSA.SHA384.PSS.Randomized();

export function toText(bytes) {
  let text = "";
  for (const one of new Uint8Array(bytes)) text += String.fromCharCode(one);
  return btoa(text);
}

export function toBytes(text) {
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

const about = (poll, teller = 0) => new TextEncoder().encode(`tusoi ballot ${poll} ${teller}`);

const imported = (der) => crypto.subtle.importKey("spki", toBytes(der), PSS, true, ["verify"]);

/* A token begins: what is kept here until it is given, and what is sent. */
export async function begun(publicKey) {
  const message = blindly.prepare(crypto.getRandomValues(new Uint8Array(NUMBER)));
  const { blindedMsg, inv } = await blindly.blind(await imported(publicKey), message);
  return { key: publicKey, message: toText(message), inverse: toText(inv), blinded: toText(blindedMsg) };
}

/* The token, of what came back. Throws when it is none: then whoever answered has not signed what was asked. */
export async function finished(begun, signed) {
  const key = await imported(begun.key);
  const signature = await blindly.finalize(key, toBytes(begun.message), toBytes(signed), toBytes(begun.inverse));
  return { message: begun.message, signature: toText(signature) };
}

/* A slip as bytes: one mark a line (0: blank, else the number of the option), filled up so that all are of one length. */
export function packed(marks) {
  const bytes = new Uint8Array(Math.ceil((1 + marks.length) / STEP) * STEP);
  bytes[0] = 1;
  bytes.set(marks, 1);
  return bytes;
}

/* Sealed to the tellers (their public keys by number, from 1): any two of them open it. */
export async function sealed(poll, tellers, marks) {
  const key = crypto.getRandomValues(new Uint8Array(KEY));
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const how = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: about(poll) };
  const slip = new Uint8Array(await crypto.subtle.encrypt(how, aes, packed(marks)));
  const shares = await split(key, tellers.length, OPENING);
  const parts = [];
  for (const [place, one] of tellers.entries()) {
    const recipientPublicKey = await suite.kem.deserializePublicKey(toBytes(one));
    const sender = await suite.createSenderContext({ recipientPublicKey, info: about(poll, place + 1) });
    parts.push(new Uint8Array(sender.enc), new Uint8Array(await sender.seal(shares[place])));
  }
  return joined(slip, ...parts);
}

/* A teller's key of this poll. */
export async function tellerKey() {
  const { privateKey, publicKey } = await suite.kem.generateKeyPair();
  return {
    secret: toText(await suite.kem.serializePrivateKey(privateKey)),
    open: toText(await suite.kem.serializePublicKey(publicKey)),
  };
}

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(bytes, length) {
  let [bits, held, text] = [0, 0, ""];
  for (const one of bytes) {
    held = (held << 8) | one;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += LETTERS[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

/* By what the ballot is found among those counted. */
export async function tracker(poll, message, sealedBytes) {
  const parts = [await sha256(toBytes(message)), await sha256(sealedBytes)];
  return base32(await sha256(joined(new TextEncoder().encode(`tusoi tracker ${poll}\0`), ...parts)), 10);
}

/* What every phone in the room must show alike: one that was given other keys, or another question, shows another. */
export async function roomCode(poll) {
  const whole = JSON.stringify([poll.id, poll.title, poll.lines, poll.options, poll.key, poll.tellers]);
  return base32(await sha256(new TextEncoder().encode(whole)), 8);
}

/** A client of Carillon's topics protocol. As a classic script it is the global `Carillon`. */
export as namespace Carillon;

export class TopicsClient {
  /**
   * A client that has not connected yet.
   *
   * @param urls where nodes or a balancer are: `wss://`, `ws://`, `https://` or `http://`, in a browser also
   *     relative to the page. Several are tried in turn.
   */
  constructor(urls: string | readonly string[], options?: TopicsClientOptions);

  readonly state: State;

  /** The name that the node gave this client in its greeting; empty before the first one. */
  readonly name: string;

  /** The topics whose messages reach this client now, sorted: none while there is no connection. */
  readonly topics: string[];

  /**
   * Calls a handler at each event of this kind, in the order of the node's lines.
   *
   * @returns removes the handler
   */
  on<E extends keyof TopicsEvents>(event: E, handler: (told: TopicsEvents[E]) => void): () => void;

  /** Begins to connect. The client connects again by itself until it is closed. */
  connect(): this;

  /** Ends the pause before the next connection, for instance when the browser is online again. */
  retry(): void;

  /** Ends the client for good. Messages that wait are refused; those without an answer are unknown. */
  close(): void;

  /**
   * Joins a topic, on this connection and all later ones. Without a connection it is joined as soon as there is
   * one. If a node is unable to make the subscription now, the client asks again.
   */
  subscribe(topic: string): Promise<SubscribeResult>;

  /** Leaves a topic. Its messages no longer reach the handlers. Resolves when the node has answered. */
  unsubscribe(topic: string): Promise<void>;

  /**
   * Publishes a message. It waits within the bounds of `queue` while there is no connection. The client never
   * sends it a second time.
   */
  publish(topic: string, message: string): Promise<PublishResult>;

  /**
   * Sends a command as it is, such as `{ action: 'list' }`. Resolves to the node's notice without `System: `, to
   * an empty text for an accepted publish, or to null if no answer comes. `topics` don't follow such commands.
   */
  request(command: { action: string; topic?: string; message?: string }): Promise<string | null>;
}

/**
 * - `connecting`: the client gets a token and opens a connection;
 * - `connected`: the connection is open, and the node has not greeted yet;
 * - `ready`: the node has greeted the client;
 * - `waiting`: the connection is lost, or could not be made; the client pauses;
 * - `closed`: for good.
 */
export type State = 'new' | 'connecting' | 'connected' | 'ready' | 'waiting' | 'closed';

export interface TopicsClientOptions {
  /** The name, if the URL has none. */
  name?: string;
  /**
   * A token, or a function that is asked for one before each connection. Only with a function the client connects
   * again after its token has expired.
   */
  token?: string | (() => string | Promise<string>);
  /** Whether the client stays in the topic that every client joins at first (`keep` by default). */
  defaultTopic?: 'keep' | 'leave';
  /** Pauses before connections, in milliseconds. */
  backoff?: {
    /** The longest first pause (1,000). Each later pause may be twice as long. */
    first?: number;
    /** The longest pause (15,000). */
    longest?: number;
    /** How long a connection must last so that the next pause is short again (5,000). */
    stable?: number;
  };
  /** When a silent connection is given up, in milliseconds. */
  silence?: {
    /** The client pings after this time without a frame (30,000; a node's own pings come every 25,000). */
    interval?: number;
    /** How long an answer may take (15,000; a node may wait 10,000 for its broker). */
    timeout?: number;
  };
  /** How long a connection may take to open, token included, in milliseconds (10,000). */
  connectTimeout?: number;
  /** What may wait to be sent. */
  queue?: {
    /** The most messages (1,000). */
    messages?: number;
    /** The most characters of topics and messages (1,000,000). */
    characters?: number;
    /** How long a message may wait, in milliseconds (30,000). */
    time?: number;
  };
  /** The most topics (1,000, as many as a node permits). */
  topics?: number;
  /** The class of WebSockets: that of the platform, or of the library ws. */
  WebSocket?: new (url: string, protocols: string[]) => any;
  /** From 0 inclusive to 1 exclusive. */
  random?: () => number;
  /** The time in milliseconds since 1970, and timers. */
  clock?: {
    now(): number;
    setTimeout(act: () => void, delay: number): any;
    clearTimeout(timer: any): void;
  };
}

export interface SubscribeResult {
  outcome: 'subscribed' | 'refused';
  /** Why it was refused, in the node's words or the client's; empty otherwise. */
  reason: string;
}

export interface PublishResult {
  /**
   * - `accepted`: the broker has the message;
   * - `refused`: the message was certainly not sent to other clients, and may be published again;
   * - `unknown`: nobody can know; if it is published again, subscribers may hear it twice.
   */
  outcome: 'accepted' | 'refused' | 'unknown';
  /** Why, in the node's words or the client's; empty if the message was accepted. */
  reason: string;
}

/**
 * A place in a topic's history, to go on from. It is opaque. The topics protocol has none yet, so it is null
 * everywhere.
 */
export type Position = string | null;

export interface TopicsEvents {
  state:
    | { state: 'connecting' | 'connected'; url: string }
    | { state: 'ready'; name: string }
    | {
        state: 'waiting';
        /** The close code; 1006 if there was none. */
        code: number;
        reason: string;
        /** The status of a refused handshake, where the platform shows it; null otherwise. */
        status: number | null;
        /** The milliseconds until the next attempt. */
        delay: number;
        /** How many connections in a row were lost before they were stable. */
        failures: number;
      }
    | { state: 'closed'; code: number; reason: string; status: number | null };
  message: { topic: string; name: string; text: string; position: Position };
  /** From now on the topic's messages of every node reach this client. */
  subscribed: { topic: string; recovered: boolean; position: Position };
  unsubscribed: { topic: string };
  /** A node has refused a subscription. */
  refused: {
    topic: string;
    reason: string;
    /** Whether the client asks again by itself. */
    isRetrying: boolean;
  };
  /**
   * Messages of the topic that were published between these times (milliseconds since 1970, this machine's clock)
   * may be missing. The event follows `subscribed`, so what an application loads now has no further gap behind it.
   */
  gap: { topic: string; since: number; until: number; cause: 'reconnect'; position: Position };
  /** Every line of the node, except answers to pings. */
  line: string;
  /** A notice that answers no command, without `System: `. */
  notice: string;
}

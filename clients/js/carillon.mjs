// The ES module: import { TopicsClient } from '.../carillon.mjs'. The client itself is beside it.
import './carillon.js';

export const { TopicsClient } = globalThis.Carillon;

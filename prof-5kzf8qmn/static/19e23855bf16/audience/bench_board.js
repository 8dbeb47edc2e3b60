// The leaderboard of a contest at benches: the same, and the time of everybody who is at work goes on.
import { Clocks } from "../clock.js";
import { socket } from "./leaderboard.js";

new Clocks().follow(socket);

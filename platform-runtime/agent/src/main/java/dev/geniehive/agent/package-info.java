/** The node agent as an assembly: its rooms, put together. */
package dev.geniehive.agent;

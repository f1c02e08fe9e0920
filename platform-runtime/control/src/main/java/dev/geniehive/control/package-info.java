/** The control plane as an assembly: its rooms, put together. */
package dev.geniehive.control;

/** The {@code geniehive} command. Data goes to stdout, messages to stderr; exit codes are those of the contract. */
package dev.geniehive.cli;

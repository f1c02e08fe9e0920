/** What machine this is and how it feels, as far as the operating system tells. */
package dev.geniehive.agent.machine;

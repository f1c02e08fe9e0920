#!/usr/bin/env python3
"""Uses a GenieHive with a real engine behind it by OpenAI's official SDK; prints what it saw and measured.

  openai_sdk.py BASE_URL MODEL CONTEXT      chat, completions, errors, hanging up, many at once
  openai_sdk.py BASE_URL MODEL embeddings

CONTEXT is how many tokens the engine has for one request. The first expectation that is not met ends it.
"""

import concurrent.futures
import sys
import time

import openai

MESSAGES = [{"role": "user", "content": "Tell me of the sea."}]
FREED_SECONDS = 2.0


def say(what, value):
    print("%-28s %s" % (what, value), flush=True)


def expect(condition, sentence):
    if not condition:
        sys.exit("openai_sdk.py: " + sentence)


def refused(error, call):
    """The error of that class that a call ends with."""
    try:
        call()
    except error as raised:
        return raised
    sys.exit("openai_sdk.py: nothing was refused where %s was expected" % error.__name__)


class Checks:
    def __init__(self, base_url, model, context):
        self.client = openai.OpenAI(base_url=base_url, api_key="none", max_retries=0, timeout=60)
        self.model = model
        self.context = context
        self.engine = "unknown"

    def chat(self, **more):
        return self.client.chat.completions.create(**{"model": self.model, "messages": MESSAGES, "max_tokens": 16, **more})

    def models(self):
        listed = {model.id: model for model in self.client.models.list()}
        expect(self.model in listed, "%s is not among %s" % (self.model, sorted(listed)))
        engine = listed[self.model].model_extra["geniehive"]
        expect(not engine["simulated"], "the simulator answers, and not the engine")
        self.engine = engine.get("engine", "unknown")
        expect(self.client.models.retrieve(self.model).id == self.model, "the model cannot be retrieved by its id")
        say("listed", "%s, engine %s, context %s" % (
            self.model, engine.get("engine"), listed[self.model].model_extra.get("context_length")))

    def whole(self):
        begun = time.monotonic()
        answer = self.chat()
        expect(answer.choices[0].message.content, "the answer is empty")
        expect(answer.usage.completion_tokens > 0, "no usage was told")
        say("answer", "%d tokens in %.0f ms" % (answer.usage.completion_tokens, (time.monotonic() - begun) * 1000))

    def streamed(self):
        begun = time.monotonic()
        first, text, usage, finish = None, "", None, None
        for chunk in self.chat(stream=True, max_tokens=400, stream_options={"include_usage": True}):
            usage = chunk.usage or usage
            for choice in chunk.choices:
                finish = choice.finish_reason or finish
                if choice.delta.content:
                    first = first or time.monotonic()
                    text += choice.delta.content
        ended = time.monotonic()
        expect(text and finish == "length", "the stream ended by '%s' after '%s'" % (finish, text[:40]))
        if usage:
            expect(usage.completion_tokens == 400, "asked for 400 tokens, got %d" % usage.completion_tokens)
        say("stream", "first token after %.0f ms, then %.0f tokens/s%s" % (
            (first - begun) * 1000, 400 / max(ended - first, 1e-9), "" if usage else ", no usage told"))

    def parameters(self):
        expect(self.chat(max_tokens=3).usage.completion_tokens == 3, "max_tokens is not kept")
        stopped = self.chat(max_tokens=200, stop=["a"]).choices[0]
        expect(stopped.finish_reason == "stop" and "a" not in stopped.message.content, "stop is not kept")
        text = self.client.completions.create(model=self.model, prompt="Once", max_tokens=5).choices[0].text
        expect(text, "the completion is empty")
        say("parameters", "max_tokens, stop, completions")

    def errors(self):
        gone = refused(openai.NotFoundError, lambda: self.chat(model="nobody-knows-me"))
        expect(gone.code == "model_not_found", "an unknown model is refused as '%s'" % gone.code)
        bad = refused(openai.BadRequestError, lambda: self.chat(messages="hello"))
        say("refused", "unknown model: %s; bad messages: %s" % (gone.code, bad.type))
        words = [{"role": "user", "content": "sea " * (self.context * 2)}]
        long = refused(openai.BadRequestError, lambda: self.chat(messages=words))
        expect(long.code == "context_length_exceeded", "too long a prompt is refused as '%s'" % long.code)
        say("too long", long.body["message"])
        # llama-cpp-python begins an event stream and ends it without a word, so that nobody can know why.
        error = openai.BadRequestError if self.engine == "llamacpp" else openai.APIStatusError
        streamed = refused(error, lambda: self.chat(messages=words, stream=True))
        expect(error is openai.APIStatusError or streamed.code == long.code, "streamed it is '%s'" % streamed.code)
        say("too long, streamed", "%s, %s" % (type(streamed).__name__, streamed.code))

    def cancelled(self):
        """Fills every slot with answers that would take far longer, hangs up, and asks for one more."""
        slots = 4 if self.engine == "llamacpp" else 1
        streams = [self.chat(stream=True, max_tokens=self.context - 200) for _ in range(slots)]
        next(iter(streams[0]))
        for stream in streams:
            stream.close()
        begun = time.monotonic()
        self.chat(max_tokens=1)
        freed = time.monotonic() - begun
        expect(freed < FREED_SECONDS, "the engine was busy for %.1f s after the clients hung up" % freed)
        say("cancelled", "%d streams; the next answer after %.0f ms" % (slots, freed * 1000))

    def embeddings(self):
        texts = ["the sea", "the land", "the sea"]
        answer = self.client.embeddings.create(model=self.model, input=texts)
        vectors = [entry.embedding for entry in answer.data]
        expect(len(vectors) == 3 and len(set(map(len, vectors))) == 1, "not one vector of one size for each text")
        expect(vectors[0] != vectors[1], "different texts have the same vector")
        say("embeddings", "%d vectors of %d numbers" % (len(vectors), len(vectors[0])))

    def together(self, count):
        def one(_):
            return sum(1 for chunk in self.chat(stream=True, max_tokens=50) if chunk.choices)

        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(count) as pool:
            chunks = list(pool.map(one, range(count)))
        expect(min(chunks) > 0, "a stream was empty")
        say("together", "%d streams of 50 tokens in %.1f s" % (count, time.monotonic() - begun))


def main():
    base_url, model, context = sys.argv[1:]
    checks = Checks(base_url, model, int(context) if context.isdigit() else 0)
    checks.models()
    if context == "embeddings":
        checks.embeddings()
        return
    checks.whole()
    checks.streamed()
    checks.parameters()
    checks.errors()
    checks.cancelled()
    checks.together(20)
    print("All as expected of OpenAI's SDK %s." % openai.__version__)


if __name__ == "__main__":
    main()

// Talks to the sandbox's own controls under /_sandbox/.

export class Refused extends Error {}

export async function call(method, path, body) {
  const options = { method };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(`/_sandbox/${path}`, options);
  if (answer.status === 204) {return null;}
  const content = await answer.json();
  if (!answer.ok) {throw new Refused(content.message);}
  return content;
}

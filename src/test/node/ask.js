// Puts each question of standard input, a JSON array, by the official SDK, and prints what became of each as a JSON array.
import { CommonClient } from "tencentcloud-sdk-nodejs-common";

async function ask({ endpoint, secretId, secretKey, signMethod, reqMethod, action, question }) {
  const client = new CommonClient(endpoint, "2018-03-01", {
    credential: { secretId, secretKey },
    profile: { signMethod, httpProfile: { protocol: "http://", endpoint, reqMethod, reqTimeout: 30 } },
  });
  try {
    return { answer: await client.request(action, question) };
  } catch (error) {
    return { code: error.code, message: error.message, requestId: error.requestId };
  }
}

let input = "";
for await (const chunk of process.stdin) {
  input += chunk;
}
const outcomes = [];
for (const call of JSON.parse(input)) {
  outcomes.push(await ask(call));
}
console.log(JSON.stringify(outcomes));
